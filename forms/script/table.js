// Tables: rows of small fields. A row is added by copying an added one. Its number is drawn by lot and is its own for
// good, also when it is taken along to the next talk.

import { clean, kinds } from "./making.js";

const records = (row) => [...row.querySelectorAll(".record")];
const added = (row) => records(row).filter((record) => record.classList.contains("added"));
const cells = (record) => [...record.querySelectorAll("[name]")];
const columnOf = (field) => field.name.slice(field.name.lastIndexOf(":") + 1);

function cellValue(field, drawn) {
  if (field.type === "checkbox") return drawn ? field.defaultChecked : field.checked;
  const first = [...(field.options ?? [])].find((option) => option.defaultSelected);
  const text = drawn ? (field.options ? (first?.value ?? "") : field.defaultValue) : field.value;
  return text && field.hasAttribute("data-number") ? Number(text) : text;
}

// An empty cell is "" or false; 0 is a number like the others.
const isEmpty = (said) => said === false || (typeof said === "string" && !said.trim());

function cellsOf(record, drawn) {
  const said = cells(record).map((field) => [columnOf(field), cellValue(field, drawn)]);
  return Object.fromEntries(said.filter(([, value]) => !isEmpty(value)));
}

function readTable(row, drawn) {
  const all = records(row).map((record) => ({ row: record.dataset.row, ...cellsOf(record, drawn) }));
  const written = all.filter((one) => Object.keys(one).length > 1);
  return written.length ? written : null;
}

function writeTable(row, value, declined) {
  for (const field of row.querySelectorAll("[name$='.declined']")) field.checked = declined;
  if (declined) return;
  row.querySelectorAll(".gone").forEach((one) => one.remove());
  const wanted = new Map((value ?? []).map((one) => [one.row, one]));
  for (const record of added(row)) if (!wanted.has(record.dataset.row)) record.remove();
  for (const name of wanted.keys()) if (name.startsWith("own.")) addRecord(row, name);
  for (const record of records(row)) fillRecord(record, wanted.get(record.dataset.row));
  count(row);
}

function fillRecord(record, one) {
  for (const field of cells(record)) {
    const said = one?.[columnOf(field)];
    if (field.type === "checkbox") field.checked = said === true;
    else field.value = said ?? "";
  }
}

const blankRecords = new WeakMap(); // row -> an empty added row, to be copied

// Ten digits, the first of them not 0.
const LOWEST = 10 ** 9;
const drawLot = () => {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return LOWEST + ((high % 2 ** 20) * 2 ** 32 + low) % (9 * LOWEST);
};

/** The last of all rows from now on; a new one when there is none of this name. */
function addRecord(row, name = `own.${drawLot()}`) {
  const known = records(row).find((one) => one.dataset.row === name);
  const record = known ?? blankRecords.get(row).cloneNode(true);
  if (!known) rename(record, name);
  row.querySelector(".lines").append(record);
  return record;
}

function rename(record, name) {
  const old = new RegExp(`\\b${record.dataset.row.replace(".", "\\.")}(?!\\d)`);
  for (const element of [record, ...record.querySelectorAll("*")]) {
    for (const attribute of ["id", "for", "name", "aria-labelledby", "data-row"]) {
      if (element.hasAttribute(attribute)) element.setAttribute(attribute, element.getAttribute(attribute).replace(old, name));
    }
  }
}

// What the rows are called, and whether there is room for one more.
function count(row) {
  const button = row.querySelector("[data-do=add]");
  if (!button) return;
  added(row).forEach((record, at) => {
    const name = button.dataset.called.replace("{n}", at + 1);
    record.querySelector(".name span").textContent = name;
    record.querySelector("[data-do=remove]").hidden = false;
    record.querySelector("[data-do=remove] .unseen").textContent = ` ${name}`;
  });
  button.hidden = added(row).length >= Number(row.dataset.longest);
}

const tellChange = (row) => row.dispatchEvent(new Event("input", { bubbles: true }));
const enter = (record) => record.querySelector("input, select, textarea").focus();

const wishes = {
  add(row) {
    const record = addRecord(row);
    count(row);
    enter(record);
    record.scrollIntoView({ block: "nearest" });
  },
  remove(row, button) {
    const record = button.closest(".record");
    const gone = row.querySelector("template").content.firstElementChild.cloneNode(true);
    const sentence = gone.querySelector("p");
    sentence.textContent = sentence.textContent.replace("{row}", () => clean(record.querySelector(".name span")));
    const wasEmpty = !Object.keys(cellsOf(record)).length;
    record.replaceWith(gone);
    gone.record = record;
    count(row);
    tellChange(row);
    if (!wasEmpty) return gone.querySelector("button").focus();
    gone.remove();
    (row.querySelector("[data-do=add]:not([hidden])") ?? row).focus();
  },
  undo(row, button) {
    const gone = button.closest(".gone");
    const { record } = gone;
    gone.replaceWith(record);
    count(row);
    tellChange(row);
    enter(record);
  },
  carry(row, button) {
    for (const one of JSON.parse(button.dataset.rows)) carry(row, one);
    count(row);
    tellChange(row);
    row.focus({ preventScroll: true });
    button.hidden = true;
  },
};

// A given row gets what its empty cells had last time; an added one comes along unless it is there already.
function carry(row, { row: name, ...said }) {
  const given = records(row).find((record) => record.dataset.row === name && !record.classList.contains("added"));
  if (given) return fillRecord(given, { ...said, ...cellsOf(given) });
  const [first, value] = Object.entries(said)[0] ?? [];
  const isThere = (record) => cellsOf(record)[first] === value;
  if (!name.startsWith("own.") || added(row).some(isThere)) return;
  added(row).find((record) => !Object.keys(cellsOf(record)).length)?.remove();
  if (added(row).length >= Number(row.dataset.longest)) return;
  const isTaken = records(row).some((record) => record.dataset.row === name);
  fillRecord(isTaken ? addRecord(row) : addRecord(row, name), said);
}

function sayTable(row, value, words) {
  const called = row.querySelector("[data-do=add]")?.dataset.called ?? "";
  let number = 0;
  const say = ({ row: name, ...said }) => {
    const record = records(row).find((one) => one.dataset.row === name) ?? blankRecords.get(row);
    const isOwn = name.startsWith("own.");
    const title = isOwn ? called.replace("{n}", ++number) : clean(record.querySelector(".name span"));
    const parts = cells(record).filter((field) => columnOf(field) in said);
    return `${title}: ${parts.map((field) => sayCell(field, said[columnOf(field)], words)).join(", ")}`;
  };
  return value.map(say).join(";\n");
}

function sayCell(field, said, words) {
  if (field.type === "checkbox") return `${clean(field.parentElement)}: ${words.ticked}`;
  const option = [...(field.options ?? [])].find((one) => one.value === String(said));
  return option ? clean(option) : String(said);
}

// The rows that were drawn empty are for a page without script; here one of them stays when there is no other row.
function beginTable(row) {
  const spare = [...row.querySelectorAll("[data-spare]")];
  const model = spare[0] ?? added(row)[0];
  if (model) {
    const copy = model.cloneNode(true);
    copy.removeAttribute("data-spare");
    fillRecord(copy);
    for (const option of copy.querySelectorAll("[selected]")) option.removeAttribute("selected");
    blankRecords.set(row, copy);
  }
  const isTyped = (record) => Object.keys(cellsOf(record)).length > 0;
  for (const record of spare.reverse()) if (records(row).length > 1 && !isTyped(record)) record.remove();
  for (const button of row.querySelectorAll("[data-do=carry]")) button.hidden = false;
  count(row);
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    wishes[button?.dataset.do]?.(row, button);
  });
}

kinds.table = { begin: beginTable, read: readTable, write: writeTable, say: sayTable };
