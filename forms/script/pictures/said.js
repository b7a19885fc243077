// Text and shapes of a picture, the same as forms/pictures*.py draws.

export const TOP = 8;

const SVG = "http://www.w3.org/2000/svg";
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]/u;
const BELONGS_BEFORE = /[\p{Mn}\p{Mc}\p{Me}\u200d\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]/u;

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function widthOf(letter) {
  const code = letter.codePointAt(0);
  if (WITHOUT_WIDTH.test(letter)) return 0;
  return code >= 0x1100 && !(code >= 0x2000 && code < 0x2070) ? 2 : 1;
}

// On one line, at most `limit` letters wide, with … for what is left out; never cut inside a letter.
export function shorten(text, limit) {
  const letters = [...text.trim().replace(/\s+/g, " ")];
  let used = 0;
  for (const [index, letter] of letters.entries()) {
    used += widthOf(letter);
    if (used <= limit) continue;
    let end = Math.max(1, index - 1);
    while (end > 1 && (BELONGS_BEFORE.test(letters[end]) || letters[end - 1] === "\u200d")) end -= 1;
    return `${letters.slice(0, end).join("").trimEnd()}…`;
  }
  return letters.join("");
}

export function shape(name, attributes, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

const WRITTEN = { fill: "currentColor", stroke: "none" };
export const middle = { "text-anchor": "middle", ...WRITTEN };
export const said = (attributes, text) => shape("text", { class: "said", ...attributes, ...WRITTEN }, text);

// Text that the browser wraps, in a box of the drawing.
export function note(box, kind, ...lines) {
  const inside = document.createElement("div");
  inside.className = kind;
  inside.append(...lines);
  return shape("foreignObject", box, inside);
}

export function line(name, text, attributes = {}) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(text);
  return element;
}

export const rowsOf = (value) => (Array.isArray(value) ? value : []);
export const numberOf = (row, column) => (Number.isInteger(row[column]) ? row[column] : null);
