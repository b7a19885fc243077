// The ladder's rungs and tries. The measures are those of forms/pictures_ladder.py.

import { TOP, fill, line, middle, note, numberOf, rowsOf, said, shape, shorten } from "./said.js";

const RUNG = 58;
const LINE = 18;
const GAP = 10;
const TRIED = 3;

export function drawLadder(drawing, { steps, tries, given }, words, { language, stepsHref, triesHref }) {
  const rungs = rowsOf(steps).map((row) => ({ row, words: row.step || given[row.row] || "", tries: [] }));
  const loose = [];
  for (const row of rowsOf(tries)) (owner(rungs, row)?.tries ?? loose).push(row);
  const shapes = [];
  let y = TOP;
  for (const [index, rung] of [...rungs.entries()].reverse()) {
    const own = [drawRung(rung, index + 1, y, words, stepsHref)];
    const bar = shape("path", { class: "rung", d: `M16 ${y + 56}H324` });
    const tried = rung.tries.length ? triesBlock(rung.tries, y + RUNG, fill(words.tries_on, { number: index + 1 }), words, language, triesHref) : null;
    if (tried) own.push(tried.drawn);
    shapes.unshift(bar, ...own);
    y += RUNG + (tried?.height ?? 0) + GAP;
  }
  const foot = rungs.length ? y : TOP + 3 * (RUNG + GAP);
  if (!rungs.length) shapes.push(...firstRung(words, stepsHref));
  let height = foot + 30;
  if (loose.length) {
    const block = triesBlock(loose, foot + 34, words.other_tries, words, language, triesHref);
    shapes.push(block.drawn);
    height = foot + 34 + block.height + 4;
  }
  drawing.setAttribute("viewBox", `0 0 340 ${height}`);
  drawing.querySelector(".placed").replaceChildren(
    shape("path", { class: "rail", d: `M16 2V${foot}M324 2V${foot}` }),
    said({ x: 170, y: foot + 20, "text-anchor": "middle" }, `↑ ${words.begin}`),
    ...shapes,
  );
}

const plain = (text) => `${text ?? ""}`.toLowerCase().trim().replace(/\s+/g, " ").replace(/[.!]+$/, "");

// A try belongs to the step that it names by its words or its number.
function owner(rungs, row) {
  const named = plain(row.step);
  return named ? rungs.find((rung, index) => named === plain(rung.words) || named === `${index + 1}`) : undefined;
}

function drawRung({ row, words: own }, number, y, words, href) {
  const name = shorten(own, 64) || fill(words.step, { number });
  const expected = numberOf(row, "expected");
  const hard = expected === null ? "" : `, ${fill(words.hard, { number: expected })}`;
  return shape(
    "a",
    { class: "part step", href, "data-row": row.row, "data-cell": "step", "aria-label": `${fill(words.step, { number })}: ${name}${hard}` },
    shape("rect", { x: 24, y: y + 2, width: 292, height: 52, rx: 10 }),
    shape("circle", { cx: 50, cy: y + 28, r: 17 }),
    shape("text", { x: 50, y: y + 33, ...middle }, `${expected ?? "?"}`),
    note({ x: 74, y: y + 2, width: 240, height: 52 }, "inside middle", line("b", name, { dir: "auto" })),
  );
}

function triesBlock(tries, y, title, words, language, href) {
  const isLoose = title === words.other_tries;
  const latest = tries.slice(-TRIED).map((row) => ({ row, told: tell(row, words, language, isLoose) }));
  const shapes = [];
  let lines = 0;
  for (const { row, told } of latest) {
    const top = y + 6 + LINE * lines;
    const run = runOf(row);
    if (run) shapes.push(shape("path", { class: "run", d: run, transform: `translate(44 ${top})` }));
    const box = { x: 80, y: top - 3, width: 224, height: LINE * told.length + 2 };
    shapes.push(note(box, "inside told", ...told.map((text) => line("span", text))));
    lines += told.length;
  }
  const more = tries.length > TRIED;
  const height = Math.max(54, 12 + LINE * (lines + more));
  if (more) shapes.push(said({ x: 80, y: y + height - 8 }, words.more_tries));
  const label = `${title}: ${latest.map(({ told }) => told.join(", ")).join("; ")}`;
  const frame = shape("rect", { x: 34, y, width: 272, height, rx: 8 });
  const attributes = { class: "part tries", href, "data-row": latest.at(-1).row.row, "data-cell": "on", "aria-label": label };
  return { height, drawn: shape("a", attributes, frame, ...shapes) };
}

const numbersOf = (row) => ["before", "highest", "after"].map((name) => [name, numberOf(row, name)]);

// Before, highest and after as three points of a small line.
function runOf(row) {
  const points = numbersOf(row).map(([, number], index) => (number === null ? "" : `${index * 14} ${Number((14 - number * 1.4).toFixed(1))}`)).filter(Boolean);
  return points.length < 2 ? "" : `M${points.join(" ")}`;
}

function tell(row, words, language, isLoose) {
  const numbers = numbersOf(row).filter(([, number]) => number !== null).map(([name, number]) => fill(words[name], { number }));
  const day = row.on ? new Date(`${row.on}T12:00:00`).toLocaleDateString(language === "sv" ? "sv-SE" : "en-GB", { day: "numeric", month: "short" }) : words.no_date;
  const first = numbers.length ? `${day}: ${numbers.join(" → ")}` : day;
  const named = isLoose && row.step ? [shorten(row.step, 36)] : [];
  return [...named, first, ...(row.turned_back === true ? [`↩ ${words.turned_back}`] : [])];
}

function firstRung(words, href) {
  const box = { x: 24, y: 146, width: 292, height: 52 };
  const open = shape(
    "a",
    { class: "part empty", href, "data-cell": "step", "aria-label": words.no_steps },
    shape("rect", { ...box, rx: 10 }),
    note(box, "inside middle", line("span", words.no_steps, { class: "text" })),
  );
  return [shape("path", { class: "rung dashed", d: "M16 66H324M16 134H324M16 202H324" }), open];
}
