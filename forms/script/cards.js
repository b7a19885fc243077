// Cards: what is picked and where it lies stands in the boxes and places of the deck; the laid cards are drawn from it.

import { clean, kinds } from "./making.js";

const boxes = (row) => [...row.querySelectorAll(".deck input[type=checkbox]")];
const blanks = (row) => [...row.querySelectorAll(".blank > input[type=text]")];
const placeOf = (box) => box.closest(".card").querySelector(".place input");
const blankOf = (box) => box.closest(".card").querySelector(":scope > input[type=text]");
const textIn = (field, drawn) => (drawn ? field.defaultValue : field.value);
const cardWords = (row, id) => {
  const box = boxes(row).find((one) => one.value === id);
  return blankOf(box)?.value.trim() || clean(box.closest(".card").querySelector("label"));
};

/** The picked boxes, in the order they are laid. A blank card without words is not one. */
function laid(row, drawn = false) {
  const picked = boxes(row).filter((box) => (drawn ? box.defaultChecked : box.checked));
  const place = (box) => Number(textIn(placeOf(box), drawn)) || Infinity;
  return picked
    .filter((box) => !blankOf(box) || textIn(blankOf(box), drawn).trim())
    .sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
}

function readCards(row, drawn) {
  const picked = laid(row, drawn).map((box) => box.value);
  const own = blanks(row).map((field) => (textIn(field, drawn).trim() ? textIn(field, drawn) : ""));
  while (own.length && !own[own.length - 1]) own.pop();
  return picked.length || own.length ? { picked, own } : null;
}

function writeCards(row, value, declined) {
  for (const field of row.querySelectorAll("[name$='.declined']")) field.checked = declined;
  if (declined) return;
  blanks(row).forEach((field, at) => (field.value = value?.own?.[at] ?? ""));
  for (const box of boxes(row)) box.checked = Boolean(value?.picked?.includes(box.value));
  const order = (box) => value.picked.indexOf(box.value);
  lay(row, boxes(row).filter((box) => box.checked).sort((one, other) => order(one) - order(other)));
}

// Gives each picked card its place, and draws "Your cards".
function lay(row, order) {
  for (const box of boxes(row)) {
    const place = order.indexOf(box) + 1 || "";
    placeOf(box).value = place;
    box.closest(".card").querySelector(".nth").textContent = place;
  }
  const list = row.querySelector(".laid ol");
  list.replaceChildren(...order.map((box, at) => drawLaid(row, order, box, at)));
  row.querySelector(".none").hidden = order.length > 0;
}

function drawLaid(row, order, box, at) {
  const line = row.querySelector("template").content.firstElementChild.cloneNode(true);
  const words = cardWords(row, box.value);
  line.dataset.card = box.value;
  line.querySelector(".words").textContent = words;
  line.querySelectorAll(".unseen").forEach((name) => (name.textContent = ` ${words}`));
  line.querySelector("[data-do=earlier]").disabled = at === 0;
  line.querySelector("[data-do=later-on]").disabled = at === order.length - 1;
  return line;
}

function moveCard(row, card, wish) {
  const order = laid(row);
  const at = order.findIndex((box) => box.value === card);
  const [box] = order.splice(at, 1);
  if (wish === "put-back") box.checked = false;
  else order.splice(wish === "earlier" ? at - 1 : at + 1, 0, box);
  lay(row, order);
  tellMove(row, box, order);
  keepFocus(row, card, wish, at);
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

function tellMove(row, box, order) {
  const { told, gone } = row.querySelector(".laid ol").dataset;
  const values = { card: cardWords(row, box.value), n: order.indexOf(box) + 1, all: order.length };
  row.querySelector(".told").textContent = (box.checked ? told : gone).replace(/\{(card|n|all)\}/g, (_, name) => values[name]);
}

// Stays with the card that was moved; with the next one when it was put back.
function keepFocus(row, card, wish, at) {
  const lines = [...row.querySelectorAll(".laid li")];
  const line = lines.find((one) => one.dataset.card === card) ?? lines[Math.min(at, lines.length - 1)];
  const button = line?.querySelector(`[data-do=${wish}]:enabled`) ?? line?.querySelector("button:enabled");
  (button ?? row).focus({ preventScroll: true });
  line?.scrollIntoView({ block: "nearest" });
}

function deal(row, field) {
  const box = field.closest(".card")?.querySelector("input[type=checkbox]");
  if (!box) return;
  const before = row.querySelectorAll(".laid li").length;
  const blank = blankOf(box);
  if (field === blank) box.checked = Boolean(blank.value.trim()) && (box.checked || !box.dataset.written);
  if (field === blank) box.dataset.written = blank.value.trim();
  if (box.checked && !placeOf(box).value) placeOf(box).value = before + 1;
  lay(row, laid(row));
  if (field === box && box.checked && blank && !blank.value.trim()) blank.focus();
}

function beginCards(row) {
  row.dataset.moves = "";
  row.querySelector(".moved").hidden = false;
  for (const box of boxes(row)) if (blankOf(box)) box.dataset.written = blankOf(box).value.trim();
  lay(row, laid(row));
  row.addEventListener("input", (event) => deal(row, event.target));
  row.addEventListener("click", (event) => {
    const asked = event.target.closest(".laid [data-do]");
    if (asked) moveCard(row, asked.closest("li").dataset.card, asked.dataset.do);
  });
}

function sayCards(row, { picked, own }) {
  const laidOut = picked.map((id) => (id.startsWith("own.") ? own[id.slice("own.".length) - 1] : cardWords(row, id)));
  return (laidOut.length ? laidOut : own.filter(Boolean)).join(", ");
}

kinds.cards = { begin: beginCards, read: readCards, write: writeCards, say: sayCards };
