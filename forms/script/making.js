// Small things that everything else is made with.

// kind -> {begin, read, write, say}: what the first kinds do not need, filled in by choose.js, cards.js and table.js.
export const kinds = {};

export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const clean = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

export function make(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

// crypto.randomUUID is missing on plain http, as on many a school's network.
export function newClient() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
