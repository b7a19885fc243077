// One question at a time: back, on, pass, later, you write, and the overview at the end.

import { inWords } from "./conflict.js";
import { clean, make } from "./making.js";
import { again } from "./queue.js";
import { dress, read, replace } from "./row.js";
import { openSignIn } from "./sign_in.js";

const places = new Map(); // where one was in a form that is drawn again

export function lead(page) {
  page.groups = [];
  for (const { form, row } of page.rows) {
    const last = page.groups[page.groups.length - 1];
    if (row.hasAttribute("data-joined") && last?.form === form) last.rows.push(row);
    else page.groups.push({ form, rows: [row] });
  }
  page.place = `${page.forms.map((form) => form.dataset.saveUrl + form.querySelector("[name=asked]").value)}`;
  const empty = page.groups.findIndex((group) => group.rows.every((row) => row.dataset.state === "empty"));
  page.bar.querySelector(".steps").hidden = false;
  page.bar.querySelector("progress").hidden = false;
  const all = page.bar.querySelector("[data-do=all]");
  if (all) all.hidden = false;
  page.shownLast = places.get(page.place) ?? (empty < 0 ? page.groups.length : empty);
  page.showAll = (wanted) => {
    if (wanted === (page.at === null)) return;
    if (wanted) page.shownLast = page.at;
    show(page, wanted ? null : page.shownLast);
  };
  show(page, page.hooks.all ? null : page.shownLast);
}

/** Shows one group of rows; the one after the last is the overview; null shows everything. */
function show(page, at) {
  const all = at === null;
  page.at = at;
  places.set(page.place, at);
  const group = page.groups[at];
  page.later.delete(at);
  page.returning ||= at >= page.groups.length - 1;
  page.groups.forEach((other) => other.rows.forEach((row) => (row.hidden = !all && other !== group)));
  for (const form of page.forms) {
    form.toggleAttribute("data-one", !all);
    for (const area of form.querySelectorAll(".area")) area.hidden = !area.querySelector("[data-item]:not([hidden])");
    const about = form.querySelector(".about");
    const first = page.groups.findIndex((other) => other.form === form);
    if (about) about.hidden = !all && at !== first;
  }
  const ended = at === page.groups.length;
  page.last.hidden = !ended;
  if (ended) overview(page);
  outside(page, "data-before-steps", all || at === 0);
  outside(page, "data-after-steps", all || ended);
  showBar(page, all, ended);
  page.groups.flatMap((one) => one.rows).forEach((row) => row.querySelector("textarea") && dress({ row }));
}

function outside(page, name, shown) {
  for (const part of page.root.querySelectorAll(`[${name}]`)) part.hidden = !shown;
}

// What the page itself has to say after the last question: the sending.
const sending = (page) => page.root.querySelector("[data-after-steps]");

function showBar(page, all, ended) {
  const { bar, words, groups, at } = page;
  const progress = bar.querySelector("progress");
  progress.max = groups.length;
  progress.value = all ? 0 : Math.min(at + 1, groups.length);
  progress.hidden = all;
  bar.querySelector(".steps").hidden = all;
  bar.querySelector(".count").textContent = ended
    ? ""
    : words.step.replace("{n}", (at ?? 0) + 1).replace("{all}", groups.length);
  const disable = (name, off) => bar.querySelectorAll(`[data-do=${name}]`).forEach((one) => (one.hidden = off));
  disable("back", at === 0);
  for (const name of ["pass", "later", "yours"]) disable(name, ended);
  disable("next", ended && !sending(page));
  const last = !all && following(page) === groups.length;
  bar.querySelector("[data-do=next] .word").textContent = ended ? words.onward : last ? words.finish : words.next;
  const toggle = bar.querySelector("[data-do=all]");
  if (toggle) toggle.textContent = all ? words.show_one : words.show_all;
}

export function press(page, wish) {
  const last = page.groups?.length;
  const steps = {
    back: () => {
      page.returning = false;
      go(page, Math.max(0, page.at - 1));
    },
    next: () => (page.at === last ? sending(page)?.scrollIntoView({ block: "start" }) : go(page, following(page))),
    pass: () => pass(page),
    later: () => putOff(page),
    yours: () => hand(page, true),
    mine: () => hand(page, false),
    all: () => go(page, page.at === null ? Math.min(page.shownLast ?? 0, last) : null),
    "sign-in": () => (page.hooks.onSignIn ? again(true) : openSignIn(page)),
  };
  steps[wish]?.();
}

// What was put off comes back when the last one is reached; from the overview one returns to it.
function following(page) {
  if (page.at < page.groups.length - 1 && !page.returning) return page.at + 1;
  return [...page.later].find((at) => at !== page.at) ?? page.groups.length;
}

function go(page, at) {
  if (at === null) page.shownLast = page.at;
  show(page, at);
  const target = at === null ? page.rows[0].row : (page.groups[at]?.rows[0] ?? page.last);
  target.focus({ preventScroll: true });
  const about = page.groups[at]?.form.querySelector(".about:not([hidden])");
  (about ?? target.closest(".area") ?? target).scrollIntoView({ block: "start" });
}

/** Makes the row's step the shown one, where one question is shown at a time. */
export function reach(page, row) {
  const at = page.groups?.findIndex((group) => group.rows.includes(row)) ?? -1;
  if (at >= 0 && page.at !== null && page.at !== at) show(page, at);
}

function pass(page) {
  for (const row of page.groups[page.at].rows) {
    const entry = [...page.entries].find((one) => one.row === row);
    const may = row.querySelector("[value=declined], [name$='.declined']");
    if (may && row.dataset.state === "empty") replace(entry, { declined: true });
  }
  go(page, following(page));
}

function putOff(page) {
  page.later.add(page.at);
  go(page, following(page));
}

// "You write": the row alone, without anyone else's answers and without the talk's buttons.
function hand(page, over) {
  for (const form of page.forms) form.toggleAttribute("data-yours", over);
  page.bar.querySelector(".steps").hidden = over;
  page.bar.querySelector("[data-do=mine]").hidden = !over;
  const row = page.groups[page.at].rows[0];
  if (over) row.querySelectorAll("details").forEach((aside) => (aside.open = false));
  const field = row.querySelector("textarea, input:checked") ?? row.querySelector("input");
  (over ? field : row).focus();
}

function overview(page) {
  const list = page.last.querySelector("ol");
  list.replaceChildren(
    ...page.groups.map((group, at) => {
      const line = make("button");
      line.type = "button";
      const [row] = group.rows;
      const entry = [...page.entries].find((one) => one.row === row);
      const value = make("span", "value", page.later.has(at) ? page.words.later : inWords(entry, read(row)));
      const mark = row.querySelector("input:checked ~ label .shape");
      if (mark) value.prepend(mark.cloneNode(true), " ");
      line.append(make("span", "asked", clean(row.querySelector("legend, .asks, .beside"))), value);
      line.onclick = () => go(page, at);
      const item = make("li");
      item.append(line);
      return item;
    }),
  );
}
