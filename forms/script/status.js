// The line that says how the saving goes, and never says "saved" before it is.

import { keep } from "./kept.js";
import { entries, isUnsaved } from "./queue.js";

const URGENCY = ["ended", "sign_in", "conflict", "refused", "waiting", "busy", "changed"];
export const pages = new Map(); // root -> page

export function tell() {
  for (const page of pages.values()) if (page.bar) tellPage(page);
  keep();
}

function tellPage(page) {
  const mine = [...entries.values()].filter((entry) => page.entries.has(entry) || isPending(entry));
  const worst = URGENCY.find((state) => mine.some((entry) => entry.state === state));
  const status = page.bar.querySelector(".status");
  const sentence = worst ? sentenceFor(page, worst, mine) : savedWords(page);
  if (status.textContent !== sentence) status.textContent = sentence;
  page.bar.dataset.state = worst ?? (page.savedAt ? "saved" : "clean");
  const door = page.bar.querySelector("[data-do=sign-in], [data-do=code]");
  door.hidden = worst !== "sign_in";
}

const isPending = (entry) => isUnsaved(entry) && !["ended", "refused", "conflict"].includes(entry.state);

function sentenceFor({ words, bar }, state, mine) {
  if (state === "changed") return words.saving;
  if (state === "sign_in" && bar.querySelector("[data-do=code]")) return words.code;
  if (state !== "ended") return words[state];
  const why = mine.find((entry) => entry.state === "ended").why;
  return words[why] ?? words.no_access;
}

function savedWords({ words, savedAt, forms }) {
  if (!savedAt) return "";
  const time = savedAt.toLocaleTimeString(forms[0].dataset.language, { hour: "2-digit", minute: "2-digit" });
  return words.saved.replace("{time}", time);
}
