// One row: its fields, its value, and what it looks like.

import { kinds, make, same } from "./making.js";
import { PAUSE, entries, isUnsaved, note, send } from "./queue.js";

export const bound = new WeakMap(); // row -> entry

export function bind(page, form, row) {
  const data = form.dataset;
  const url = `${data.saveUrl}/${data.instrument}/${row.dataset.item}`;
  const id = `${url} ${row.dataset.respondent} ${data.manner}`;
  const entry = entries.get(id) ?? { id, url, version: 0, state: "clean", tries: 0 };
  entries.set(id, entry);
  Object.assign(entry, { page, row, staff: data.mode !== "student", data: { ...data, ...row.dataset } });
  bound.set(row, entry);
  kinds[row.dataset.kind]?.begin?.(row);
  reconcile(entry);
  row.addEventListener("input", (event) => edited(entry, event.target));
  row.addEventListener("focusout", (event) => left(entry, event.target));
  row.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-do]");
    if (asked?.dataset.do === "clear") replace(entry, null);
    if (asked?.dataset.do === "same") replace(entry, { colour: asked.dataset.colour });
  });
  row.querySelectorAll("[data-do=same]").forEach((button) => (button.hidden = false));
  dress(entry);
  return entry;
}

// Staff screens listen for single letters; what is written in a form is not meant for them.
export function isolate(form) {
  if (form.dataset.mode === "student") return;
  for (const kind of ["keydown", "keyup", "keypress"]) form.addEventListener(kind, (event) => event.stopPropagation());
}

// The newest of three: what the server drew, what this page saved since, what is typed but not saved.
function reconcile(entry) {
  const drawn = Number(entry.row.dataset.version);
  if (isUnsaved(entry) || entry.version > drawn) {
    write(entry.row, entry.value);
    if (!isUnsaved(entry)) return;
    entry.state = "changed"; // what was refused or ended before this form was drawn is tried once more
    note(entry, entry.value, PAUSE);
    return;
  }
  entry.version = drawn;
  entry.value = read(entry.row, true);
  entry.state = "clean";
  const shown = read(entry.row);
  if (!same(shown, entry.value)) note(entry, shown, PAUSE); // the browser put back what was typed before a reload
}

function edited(entry, field) {
  const { row } = entry;
  const declined = row.querySelector("[name$='.declined']");
  if (declined && field !== declined) declined.checked = false;
  explain(entry, "");
  if (field.validity.valid) note(entry, read(row), isWritten(field) ? PAUSE : 0);
  dress(entry);
  // A chosen card grows: keep all of it in sight.
  if (field.type === "radio") field.parentElement.scrollIntoView({ block: "nearest" });
}

function left(entry, field) {
  if (field.validity?.valid === false) explain(entry, entry.page.words.bad_date);
  if (entry.timer) send(entry);
}

const isWritten = (field) => /text|date/.test(field.type);

/** The value as the server wants it; `drawn` reads what came with the page instead of what is there now. */
export function read(row, drawn = false) {
  const on = (field) => (drawn ? field.defaultChecked : field.checked);
  const ticked = [...row.querySelectorAll("input[type=radio], input[type=checkbox]")].filter(on);
  const chosen = ticked.find((field) => field.type === "radio")?.value;
  if (chosen === "declined" || ticked.some((field) => field.name.endsWith(".declined"))) return { declined: true };
  const own = kinds[row.dataset.kind];
  if (own) return own.read(row, drawn);
  switch (row.dataset.kind) {
    case "colour": {
      const fits = ticked.filter((field) => field.type === "checkbox").map((field) => field.value);
      return chosen ? { colour: chosen, fits: fits.filter((id) => id.startsWith(`${chosen}.`)) } : null;
    }
    case "joint_colour":
      return chosen ? { colour: chosen } : null;
    case "scale":
      return chosen ? Number(chosen) : null;
    case "tick":
      return ticked.length > 0;
    default: {
      const field = row.querySelector("textarea, input");
      return (drawn ? field.defaultValue : field.value) || null;
    }
  }
}

export function write(row, value) {
  const declined = value?.declined === true;
  const own = kinds[row.dataset.kind];
  if (own) return own.write(row, value, declined);
  for (const field of row.querySelectorAll("input, textarea")) {
    if (field.name.endsWith(".declined")) field.checked = declined;
    else if (field.name.endsWith(".fits")) field.checked = Boolean(value?.fits?.includes(field.value));
    else if (field.type === "radio") field.checked = declined ? field.value === "declined" : field.value === code(value);
    else if (field.type === "checkbox") field.checked = value === true;
    else if (!declined) field.value = value ?? "";
  }
}

export const code = (value) => String(value?.colour ?? value);

export function replace(entry, value) {
  write(entry.row, value);
  note(entry, value, 0);
  dress(entry);
  entry.row.focus({ preventScroll: true });
}

// What the row looks like besides its fields: room for the text, "take back", marks of a declined answer.
export function dress(entry) {
  const { row } = entry;
  const value = read(row);
  row.dataset.state = value === null || value === false ? "empty" : value.declined ? "declined" : "answered";
  const clear = row.querySelector("[data-do=clear]");
  if (clear) clear.hidden = value === null;
  if (CSS.supports("field-sizing", "content")) return;
  for (const area of row.querySelectorAll("textarea")) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  }
}

export function explain(entry, sentence) {
  const id = `${entry.row.id}-said`;
  let error = entry.row.querySelector(".said");
  if (!sentence) return void error?.remove();
  if (!error) {
    error = make("p", "error said");
    error.id = id;
    error.setAttribute("role", "alert");
    entry.row.append(error);
  }
  error.textContent = sentence;
}
