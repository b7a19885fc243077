// Brings pictures to life: a part leads to its field, and the picture follows what is typed.

import { drawLadder } from "./ladder.js";
import { fill, line, shorten } from "./said.js";
import { drawThermometer, nameOf, situations } from "./thermometer.js";

// `read(row)` gives a row's value, `reach(row)` makes its step the shown one. May be called again at any time.
export function wake(root, { read, reach }) {
  for (const picture of root.querySelectorAll(".picture:not([data-awake])")) {
    picture.dataset.awake = "yes";
    const form = picture.closest(".jagmed-form");
    const words = JSON.parse(picture.dataset.words);
    const { given = {}, kept = {}, turn } = JSON.parse(picture.dataset.beside);
    const one = { picture, form, read, reach, words, given, kept, turnItem: turn, seen: "" };
    picture.addEventListener("click", (event) => touched(one, event));
    if (!form.dataset.saveUrl) continue;
    picture.querySelectorAll(".number").forEach((part) => part.setAttribute("role", "button"));
    for (const kind of ["input", "change", "click"]) form.addEventListener(kind, () => soon(one));
    draw(one);
  }
}

// Values are set without an event too ("take back my answer"): those follow a click.
function soon(one) {
  one.wait ??= setTimeout(() => {
    one.wait = null;
    if (one.picture.isConnected) draw(one);
  }, 30);
}

const rowOf = (one, item) => one.form.querySelector(`[data-item="${CSS.escape(item)}"]`);
const drawingOf = (one) => one.picture.querySelector("svg.only");

function valueOf(one, item) {
  const row = item && rowOf(one, item);
  return row ? one.read(row) : one.kept[item];
}

function draw(one) {
  const kind = one.picture.dataset.picture;
  if (kind === "thermometer") return redraw(one, ["of"], () => followThermometer(one));
  if (kind === "ladder") return redraw(one, ["of", "tries"], () => followLadder(one));
  one.turning = valueOf(one, one.turnItem);
  for (const part of one.picture.querySelectorAll("[data-part]")) followPart(one, part);
}

// Drawn anew only when something is new, so that what has the focus keeps it.
function redraw(one, names, follow) {
  const drawing = drawingOf(one);
  one.values = names.map((name) => valueOf(one, drawing.dataset[name]));
  const seen = JSON.stringify(one.values);
  if (seen !== one.seen) follow();
  one.seen = seen;
}

function followPart(one, part) {
  const value = valueOf(one, part.dataset.of);
  if (value !== undefined) say(one, part, value);
  if (one.turning !== undefined) turn(one, part, one.turning === part.dataset.of);
  const title = part.querySelector(".name").firstChild.textContent.trim();
  const turns = part.classList.contains("turns") ? `, ${one.words.turns}` : "";
  if (part.localName === "a") part.setAttribute("aria-label", `${title}: ${part.querySelector(".text").textContent}${turns}`);
}

function say(one, part, value) {
  const text = value?.declined ? one.words.declined : inWords(value, one.given);
  part.classList.toggle("empty", !text.trim());
  const shown = shorten(text.trim() ? text : one.words.empty, Number(part.dataset.limit));
  const place = part.querySelector(".text");
  if (place.textContent !== shown) place.textContent = shown;
}

// "Uneasy 7, cross 4" for the rows of a table.
function inWords(value, given) {
  if (!Array.isArray(value)) return value ?? "";
  const texts = value.map(({ row, ...cells }) => [given[row], ...Object.values(cells).filter((cell) => cell !== true)]);
  return texts.map((cells) => cells.filter((cell) => cell !== undefined).join(" ")).filter(Boolean).join(", ");
}

function turn(one, part, on) {
  if (part.classList.contains("turns") === on) return;
  part.classList.toggle("turns", on);
  const name = part.querySelector(".name");
  name.querySelector(".turn")?.remove();
  if (on) name.append(" ", line("span", `↻ ${one.words.turns}`, { class: "turn" }));
}

function followLadder(one) {
  const [steps, tries] = one.values;
  const drawing = drawingOf(one);
  const href = (name) => `#${one.form.dataset.instrument}-${drawing.dataset[name]}`;
  const told = { language: one.form.dataset.language, stepsHref: href("of"), triesHref: href("tries") };
  drawLadder(drawing, { steps, tries, given: one.given }, one.words, told);
  const aim = one.picture.querySelector(".aim");
  aim.hidden = unsorted(rowOf(one, drawing.dataset.of)) === null;
}

function followThermometer(one) {
  one.found = situations(one.values[0], one.given);
  const drawing = drawingOf(one);
  drawThermometer(drawing, one.found, one.words, drawing.querySelector(".number").getAttribute("href"));
  const select = one.picture.querySelector("select");
  const kept = select.value;
  select.replaceChildren(
    ...one.found.map((each) => new Option(`${each.number} ${nameOf(each, one.words)}`, each.row, false, each.row === kept)),
  );
  select.onchange = () => aimAt(one);
  one.picture.querySelector(".aim").hidden = one.found.length === 0;
  aimAt(one);
}

const whichOf = (one) => one.picture.querySelector("[data-which][aria-pressed=true]").dataset.which;

// Each number says what a touch of it would set.
function aimAt(one) {
  const { picture, words } = one;
  const aimed = one.found.find((each) => each.row === picture.querySelector("select").value);
  const which = whichOf(one) === "now" ? words.set_now : words.set_imagined;
  for (const part of picture.querySelectorAll(".number")) {
    part.dataset.words ??= part.getAttribute("aria-label");
    const said = { number: part.dataset.words, situation: aimed && nameOf(aimed, words), which };
    part.setAttribute("aria-label", aimed ? fill(words.sets, said) : part.dataset.words);
    part.setAttribute("aria-pressed", Boolean(aimed) && aimed[whichOf(one)] === Number(part.dataset.number));
  }
  for (const label of picture.querySelectorAll(".label")) label.classList.toggle("chosen", label.dataset.row === aimed?.row);
}

function touched(one, event) {
  const which = event.target.closest("[data-which]");
  if (which) {
    for (const other of which.parentElement.children) other.setAttribute("aria-pressed", other === which);
    return aimAt(one);
  }
  if (event.target.closest("[data-sort]")) return sort(one);
  const part = event.target.closest("a");
  if (!part) return;
  event.preventDefault();
  if (part.dataset.number && setNumber(one, part)) return;
  if (part.dataset.row && one.found) choose(one, part.dataset.row);
  lead(one, part);
}

function choose(one, row) {
  one.picture.querySelector("select").value = row;
  aimAt(one);
}

// Touching a number answers with the ordinary field; the picture stays where it is.
function setNumber(one, part) {
  const row = one.picture.querySelector("select")?.value;
  const table = rowOf(one, drawingOf(one).dataset.of);
  const field = row && fieldOf(table, row, whichOf(one));
  if (!field) return false;
  field.value = part.dataset.number;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  draw(one);
  return true;
}

const fieldOf = (table, row, cell) => table.querySelector(`[name$=".${CSS.escape(row)}:${CSS.escape(cell)}"]`);

function lead(one, part) {
  const root = one.picture.getRootNode();
  const id = part.getAttribute("href").slice(1);
  const row = root.querySelector(`#${CSS.escape(id)}`)?.closest("[data-item], .row");
  if (!row) return;
  const target = one.form.dataset.saveUrl ? fieldFor(row, part.dataset) : null;
  if (one.form.dataset.saveUrl) one.reach(row);
  if (!target && !row.hasAttribute("tabindex")) row.tabIndex = -1;
  (target ?? row).focus({ preventScroll: true });
  (target ?? row).scrollIntoView({ block: "center" });
}

// The field of the part's own cell; without one, the first that is still empty, or the way to add one.
function fieldFor(row, { row: name, cell }) {
  const all = [...row.querySelectorAll("input:not([type=hidden]), textarea, select")].filter((each) => !each.name.endsWith(".declined"));
  const empty = all.find((each) => each.matches("textarea, [type=text]") && !each.value);
  return (name && cell && fieldOf(row, name, cell)) || empty || all[0] || row.querySelector("button:not([hidden])");
}

// Rows that were added, by how hard they are expected to be; those without a number stay last. Null: nothing to sort.
function unsorted(table) {
  const laid = [...(table?.querySelectorAll(".record.added") ?? [])].filter(expectedOf);
  const sorted = [...laid].sort((one, other) => expectedOf(one) - expectedOf(other));
  return sorted.every((record, index) => record === laid[index]) ? null : { laid, sorted };
}

const expectedOf = (record) => record.querySelector("[name$=':expected']")?.value;

// Only when asked: the rows themselves are laid in the new order, and the form saves them so.
function sort(one) {
  const table = rowOf(one, drawingOf(one).dataset.of);
  const found = unsorted(table);
  if (!found) return;
  const places = found.laid.map((record) => {
    const place = document.createComment("");
    record.replaceWith(place);
    return place;
  });
  places.forEach((place, index) => place.replaceWith(found.sorted[index]));
  const called = table.querySelector("[data-called]").dataset.called;
  table.querySelectorAll(".record.added .name span").forEach((name, index) => (name.textContent = called.replace("{n}", index + 1)));
  table.dispatchEvent(new Event("input", { bubbles: true }));
  draw(one);
  one.picture.querySelector("summary").focus({ preventScroll: true });
}
