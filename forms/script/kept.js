// What is not saved yet lies sealed in this tab's storage until it is, for a tab that is put away or drawn again.
// The key comes with the page and is stored nowhere: what lies there tells nothing to who has neither link nor code.

import { same } from "./making.js";
import { entries, isUnsaved, note } from "./queue.js";
import { dress, write } from "./row.js";

const PLACE = "unsaved";
const LASTS = 24 * 3600 * 1000;
let drawer = null; // {page, key}
let turn = Promise.resolve(); // one reading or writing at a time
let isDue = false;

/** `hooks.key` opens what an earlier page of this invitation left here; `hooks.leaves()` says that nothing may stay. */
export function keepUnsaved(page) {
  const { key } = page.hooks;
  if (key && crypto.subtle) turn = turn.then(() => bringBack(page, key)).catch(forget);
}

export function forget() {
  storage((kept) => kept.removeItem(PLACE));
}

/** Called whenever something has changed. */
export function keep() {
  if (!drawer || isDue) return;
  isDue = true;
  turn = turn.then(seal).catch(forget);
}

async function bringBack(page, given) {
  const key = await crypto.subtle.importKey("raw", bytes(given), "AES-GCM", false, ["encrypt", "decrypt"]);
  const kept = await unseal(key).catch(() => null); // another student's, or none
  for (const entry of kept && Date.now() - kept.at < LASTS ? page.entries : []) {
    const mine = kept.answers[nameOf(entry)];
    if (mine) restore(entry, mine);
  }
  drawer = { page, key };
  await seal();
}

async function seal() {
  isDue = false;
  const { page, key } = drawer;
  const unsaved = [...entries.values()].filter((entry) => page.entries.has(entry) && isUnsaved(entry) && entry.state !== "ended");
  const answers = Object.fromEntries(unsaved.map((entry) => [nameOf(entry), { value: entry.value, version: entry.version, letter: entry.letter }]));
  if (!unsaved.length || page.hooks.leaves?.()) return forget();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify({ at: Date.now(), answers }));
  const sealed = letters(new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain)));
  if (!page.hooks.leaves?.()) storage((kept) => kept.setItem(PLACE, `${letters(iv)}.${sealed}`));
}

async function unseal(key) {
  const [iv, sealed] = (storage((kept) => kept.getItem(PLACE)) ?? "").split(".").map(bytes);
  if (!sealed) return null;
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));
}

// A letter without a reply may have arrived: it goes again, unchanged, before anything newer.
function restore(entry, mine) {
  const isTyped = isUnsaved(entry);
  if (mine.letter) Object.assign(entry, { letter: mine.letter, tries: 1, state: "waiting" });
  else if (isTyped || same(mine.value, entry.value)) return;
  else entry.version = mine.version;
  if (!isTyped) write(entry.row, mine.value);
  note(entry, isTyped ? entry.value : mine.value, 0);
  dress(entry);
}

const nameOf = ({ data }) => `${data.instrument}.${data.item}`;
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const letters = (given) => btoa(Array.from(given, (one) => String.fromCharCode(one)).join(""));

// A browser may refuse its storage: then what is typed lives as long as the page does.
function storage(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
