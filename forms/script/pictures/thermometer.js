// The thermometer's marks and labels. The measures are those of forms/pictures_thermometer.py.

import { TOP, fill, line, note, numberOf, rowsOf, shape, shorten } from "./said.js";

const STEP = 52;
const LABEL = 72;
const APART = LABEL + 2;

export function situations(value, given) {
  return rowsOf(value).map((row, index) => ({
    row: row.row,
    number: index + 1,
    words: row.situation || given[row.row] || "",
    now: numberOf(row, "now"),
    imagined: numberOf(row, "imagined"),
    unknown: row.dont_know === true,
  }));
}

export const nameOf = (one, words) => shorten(one.words, 34) || fill(words.situation, { number: one.number });

export function drawThermometer(drawing, found, words, href) {
  const bottom = Number(drawing.dataset.bottom);
  const last = Math.max(bottom, TOP + APART * found.length);
  drawing.setAttribute("viewBox", `0 0 340 ${last + 30}`);
  const marks = marksOf(found, middles(drawing));
  const labels = spread(found, marks, last);
  const leads = labels.filter(({ lead }) => lead);
  drawing.querySelector(".placed").replaceChildren(
    ...leads.map(({ lead, y }) => shape("path", { class: "lead", d: `M${lead.x + 11} ${lead.y}L214 ${y + 16}` })),
    ...marks.map(drawMark),
    ...labels.map(({ one, y }) => drawLabel(one, y, words, href)),
    ...(labels.length ? [] : [invitation(words, href)]),
  );
}

function middles(drawing) {
  const numbers = [...drawing.querySelectorAll("[data-number]")];
  return new Map(numbers.map((part) => [Number(part.dataset.number), Number(part.querySelector("rect").getAttribute("y")) + STEP / 2]));
}

function marksOf(found, at) {
  const taken = new Map();
  const marks = [];
  for (const one of found) {
    for (const [number, open] of [[one.now, false], [one.imagined, true]]) {
      if (one.unknown || !at.has(number)) continue;
      const lane = taken.get(number) ?? 0;
      taken.set(number, lane + 1);
      marks.push({ x: 152 + (lane < 3 ? 24 * lane : 48 + 4 * (lane - 2)), y: at.get(number), number: one.number, open });
    }
  }
  return marks;
}

// Beside its mark where there is room, else as near as the others let it.
function spread(found, marks, last) {
  const leads = new Map([...marks].reverse().map((mark) => [mark.number, mark]));
  const wished = found.map((one) => {
    const lead = leads.get(one.number);
    return { one, lead, y: lead ? lead.y - LABEL / 2 : last - LABEL };
  });
  wished.sort((a, b) => a.y - b.y || a.one.number - b.one.number);
  let lowest = TOP;
  for (const label of wished) {
    label.y = Math.max(lowest, label.y);
    lowest = label.y + APART;
  }
  wished.forEach((label, index) => (label.y = Math.min(label.y, last - APART * (wished.length - index) + 2)));
  return wished;
}

function drawMark({ x, y, number, open }) {
  const text = shape("text", { x, y: y + 4.5, "text-anchor": "middle", stroke: "none" }, `${number}`);
  return shape("g", { class: open ? "mark open" : "mark" }, shape("circle", { cx: x, cy: y, r: 11 }), text);
}

function drawLabel(one, y, words, href) {
  const name = nameOf(one, words);
  const numbers = [["●", words.now, one.now], ["○", words.imagined, one.imagined]];
  const told = one.unknown
    ? [words.dont_know]
    : numbers.filter(([, , number]) => number !== null).map(([sign, text, number]) => `${sign} ${fill(text, { number })}`);
  const box = { x: 214, y, width: 125, height: LABEL };
  return shape(
    "a",
    {
      class: "part label",
      href,
      "data-row": one.row,
      "data-cell": "situation",
      "aria-label": `${one.number} ${name}${told.length ? `: ${told.join(", ")}` : ""}`,
    },
    shape("rect", { ...box, rx: 10 }),
    note(box, "inside", line("b", `${one.number} ${name}`, { dir: "auto" }), ...told.map((text) => line("span", text))),
  );
}

function invitation(words, href) {
  const box = { x: 214, y: 8, width: 125, height: 92 };
  return shape(
    "a",
    { class: "part empty", href, "data-cell": "situation", "aria-label": words.no_situations },
    shape("rect", { ...box, rx: 10 }),
    note(box, "inside", line("span", words.no_situations, { class: "text" })),
  );
}
