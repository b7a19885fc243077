// One option, or several.

import { clean, kinds } from "./making.js";

const wordsOf = (row, id) => clean(row.querySelector(`input[value="${id}"]`).parentElement.querySelector(".mark"));

const checkedValues = (row, drawn) =>
  [...row.querySelectorAll("input")].filter((field) => (drawn ? field.defaultChecked : field.checked)).map((field) => field.value);

function writeChosen(row, value, declined) {
  for (const field of row.querySelectorAll("input")) {
    const declines = field.name.endsWith(".declined") || field.value === "declined";
    field.checked = declines ? declined : [value].flat().includes(field.value);
  }
}

function readSeveral(row, drawn) {
  const all = checkedValues(row, drawn);
  return all.length ? all : null;
}

const sayChosen = (row, value) => [value].flat().map((id) => wordsOf(row, id)).join(", ");

kinds.choice = { read: (row, drawn) => checkedValues(row, drawn)[0] ?? null, write: writeChosen, say: sayChosen };
kinds.choices = { read: readSeveral, write: writeChosen, say: sayChosen };
