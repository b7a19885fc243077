// The queue: the latest value of each row, one request at a time for each. The contract is docs/saving-an-answer.md.

import { differs } from "./conflict.js";
import { newClient, same } from "./making.js";
import { explain } from "./row.js";
import { askToSignIn } from "./sign_in.js";
import { tell } from "./status.js";


export const PAUSE = 600; // ms without typing before a text is sent

const PATIENCE = 1500; // ms after which it is sent even though the typing goes on
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds between tries
const SILENCE = 15000; // ms after which a request without reply counts as lost
const client = newClient();
let sequence = 0;
let leaving = false;
export const entries = new Map(); // address and respondent -> entry; outlives the form it was written in
export const isUnsaved = (entry) => !["clean", "saved"].includes(entry.state);

export function note(entry, value, pause) {
  entry.value = value;
  if (entry.state === "busy") return; // the server said when to come again
  entry.since ??= Date.now();
  if (!["conflict", "ended"].includes(entry.state)) entry.state = entry.letter && entry.tries ? entry.state : "changed";
  clearTimeout(entry.timer);
  const wait = Math.max(0, Math.min(pause, entry.since + PATIENCE - Date.now()));
  entry.timer = setTimeout(() => send(entry), wait);
  tell();
}

/** The page is about to go: what is on its way is asked to arrive without it, and nobody is asked to stay. */
export function leave(now) {
  leaving = now;
}

export const wouldBeLost = () => !leaving && [...entries.values()].some(isUnsaved);

export async function send(entry) {
  clearTimeout(entry.timer);
  entry.timer = null;
  if (entry.sending || !isUnsaved(entry) || ["conflict", "ended", "sign_in", "refused"].includes(entry.state)) return;
  // A letter without a reply may have arrived: the same one goes again, unchanged, before anything newer.
  entry.letter ??= letter(entry);
  entry.sending = true;
  tell();
  const reply = await post(entry);
  entry.sending = false;
  answered(entry, reply);
  tell();
}

function letter(entry) {
  entry.since = null;
  const { value, version, data } = entry;
  const known = { value, client, sequence: ++sequence, version };
  return entry.staff ? { ...known, respondent: data.respondent, manner: data.manner } : known;
}

/** {status, body, after}; status 0 when nothing came back. */
async function post(entry) {
  const body = JSON.stringify(entry.letter);
  const give = new AbortController();
  const timer = setTimeout(() => give.abort(), SILENCE);
  try {
    const reply = await fetch(entry.url, {
      method: "PUT",
      body,
      headers: { "Content-Type": "application/json", "X-Requested-With": "samtal" },
      credentials: "same-origin",
      keepalive: (leaving || document.hidden) && body.length < 15000,
      signal: give.signal,
    });
    const type = reply.headers.get("Content-Type") ?? "";
    const after = Number(reply.headers.get("Retry-After")) || 0;
    return { status: reply.status, body: type.includes("json") ? await reply.json() : {}, after };
  } catch {
    return { status: 0, body: {}, after: 0 };
  } finally {
    clearTimeout(timer);
  }
}

function answered(entry, { status, body, after }) {
  if (status === 200 && Number.isInteger(body.version)) return saved(entry, body);
  if (status === 409) return differs(entry, body);
  if (status === 401) return askToSignIn(entry);
  if ([403, 404, 410].includes(status)) {
    entry.state = "ended";
    entry.why = status === 410 ? body.code : status === 404 ? "unknown" : "no_access";
  } else if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
    entry.state = "refused";
    explain(entry, body.message ?? entry.page.words[status === 413 ? "too_long" : "refused"]);
    settleLetter(entry);
  } else {
    const wait = Math.max(after, WAITS[Math.min(entry.tries, WAITS.length - 1)]);
    entry.tries += 1;
    entry.state = status ? "busy" : "waiting";
    entry.timer = setTimeout(() => send(entry), wait * 1000 * (1 + 0.3 * Math.random()));
  }
}

// True when something newer than the letter waits, which is then on its way.
function settleLetter(entry) {
  const sent = entry.letter.value;
  entry.letter = null;
  entry.tries = 0;
  if (same(entry.value, sent)) return false;
  note(entry, entry.value, entry.timer ? PAUSE : 0);
  return true;
}

export function saved(entry, { version, saved_at }) {
  entry.version = version;
  entry.state = "saved";
  entry.page.savedAt = saved_at ? new Date(saved_at) : new Date();
  explain(entry, "");
  const { instrument, item } = entry.data;
  if (!settleLetter(entry)) entry.since = null;
  entry.page.hooks.onSaved?.({ instrument, item, version });
}

export function again(force = false) {
  for (const entry of entries.values()) {
    if (force && entry.state === "sign_in") entry.state = "changed";
    if (["waiting", "busy", "changed"].includes(entry.state)) send(entry);
  }
  tell();
}
