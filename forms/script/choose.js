// One option, or several.

import { clean, kinds } from "./making.js";

const wordsOf = (row, id) => clean(row.querySelector(`input[value="${id}"]`).parentElement.querySelector(".mark"));

const choosing = {
  write(row, value, declined) {
    for (const field of row.querySelectorAll("input")) {
      const declines = field.name.endsWith(".declined") || field.value === "declined";
      field.checked = declines ? declined : [value].flat().includes(field.value);
    }
  },
  say: (row, value) => [value].flat().map((id) => wordsOf(row, id)).join(", "),
};

const checkedValues = (row, drawn) =>
  [...row.querySelectorAll("input")].filter((field) => (drawn ? field.defaultChecked : field.checked)).map((field) => field.value);

kinds.choice = { ...choosing, read: (row, drawn) => checkedValues(row, drawn)[0] ?? null };

kinds.choices = {
  ...choosing,
  read(row, drawn) {
    const all = checkedValues(row, drawn);
    return all.length ? all : null;
  },
};
