// Saves every answer as it is given, says truthfully how far it has come, and leads through the questions one at a time.
// Contract: docs/saving-an-answer.md. Nothing here makes HTML out of text.

const PAUSE = 600; // ms without typing before a text is sent
const PATIENCE = 1500; // ms after which it is sent even though the typing goes on
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds between tries
const SILENCE = 15000; // ms after which a request without reply counts as lost

const client = newClient();
let sequence = 0;
const entries = new Map(); // address and respondent -> entry; outlives the form it was written in
const pages = new Map(); // root -> page
const places = new Map(); // where one was in a form that is drawn again
let leaving = false;
let listening = false;

/** Brings the forms inside `root` (a document, an element or a shadow root) to life. May be called again at any time.
 *  onSaved({instrument, item, version}) is called after each acknowledged save; onSignIn() may replace the built-in
 *  dialog: it returns a promise of true when signed in again. */
export function start(root = document, hooks = {}) {
  listen();
  const page = pages.get(root) ?? { root, rows: [], entries: new Set() };
  page.hooks = hooks;
  pages.set(root, page);
  const forms = [...root.querySelectorAll(".jagmed-form[data-save-url]")];
  if (forms.some((form) => !form.dataset.started)) settle(page, forms);
  tell();
  return page;
}

function settle(page, forms) {
  page.forms = forms;
  page.words = JSON.parse(forms[0].dataset.words);
  page.rows = forms.flatMap((form) => [...form.querySelectorAll("[data-item]")].map((row) => ({ form, row })));
  page.entries = new Set(page.rows.map(({ form, row }) => bind(page, form, row)));
  settleBar(page, forms);
  if (forms[0].hasAttribute("data-one")) lead(page);
}

function settleBar(page, forms) {
  const bars = forms.flatMap((form) => [...form.querySelectorAll(".bar, .end, dialog")]);
  const last = forms[forms.length - 1];
  for (const name of ["end", "bar", "again"]) {
    const [kept, ...rest] = bars.filter((part) => part.classList.contains(name));
    rest.forEach((part) => part.remove());
    page[name] = kept;
    if (kept) last.append(kept);
  }
  page.bar.hidden = false;
  page.bar.onclick = (event) => press(page, event.target.closest("[data-do]")?.dataset.do);
  if (page.again) page.again.querySelector("form").onsubmit = (event) => signIn(page, event);
  if (page.again) page.again.querySelector("[data-do=not-now]").onclick = () => page.again.close();
}

// ---- one row ----

function bind(page, form, row) {
  const data = form.dataset;
  const url = `${data.saveUrl}/${data.instrument}/${row.dataset.item}`;
  const id = `${url} ${row.dataset.respondent} ${data.manner}`;
  const entry = entries.get(id) ?? { id, url, version: 0, state: "clean", tries: 0 };
  entries.set(id, entry);
  Object.assign(entry, { page, row, staff: data.mode !== "student", data: { ...data, ...row.dataset } });
  if (!form.dataset.started && row === form.querySelector("[data-item]")) isolate(form);
  form.dataset.started = "yes";
  reconcile(entry);
  row.addEventListener("input", (event) => edited(entry, event.target));
  row.addEventListener("focusout", () => entry.timer && send(entry));
  row.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-do]");
    if (asked?.dataset.do === "clear") replace(entry, null);
    if (asked?.dataset.do === "same") replace(entry, { colour: asked.dataset.colour });
  });
  row.querySelectorAll("[data-do=same]").forEach((button) => (button.hidden = false));
  dress(entry);
  return entry;
}

// Staff screens listen for single letters; what is written in a form is not meant for them.
function isolate(form) {
  if (form.dataset.mode === "student") return;
  for (const kind of ["keydown", "keyup", "keypress"]) form.addEventListener(kind, (event) => event.stopPropagation());
}

// The newest of three: what the server drew, what this page saved since, what is typed but not saved.
function reconcile(entry) {
  const drawn = Number(entry.row.dataset.version);
  if (isUnsaved(entry) || entry.version > drawn) {
    write(entry.row, entry.value);
    return;
  }
  entry.version = drawn;
  entry.value = read(entry.row, true);
  entry.state = "clean";
  const shown = read(entry.row);
  if (!same(shown, entry.value)) note(entry, shown, PAUSE); // the browser put back what was typed before a reload
}

function edited(entry, field) {
  if (field.name?.endsWith(".declined")) {
    if (field.checked) entry.row.dataset.declined = "yes";
  } else if (isWritten(entry.row)) {
    const declined = entry.row.querySelector("[name$='.declined']");
    if (declined) declined.checked = false;
  }
  const complain = entry.row.dataset.kind === "date" && !field.validity.valid;
  explain(entry, complain ? entry.page.words.bad_date : "");
  if (!complain) note(entry, read(entry.row), isWritten(entry.row) ? PAUSE : 0);
  dress(entry);
}

const isWritten = (row) => ["text", "line", "date"].includes(row.dataset.kind);

/** The value as the server wants it; `drawn` reads what came with the page instead of what is there now. */
function read(row, drawn = false) {
  const on = (field) => (drawn ? field.defaultChecked : field.checked);
  const ticked = [...row.querySelectorAll("input[type=radio], input[type=checkbox]")].filter(on);
  const chosen = ticked.find((field) => field.type === "radio")?.value;
  if (chosen === "declined" || ticked.some((field) => field.name.endsWith(".declined"))) return { declined: true };
  switch (row.dataset.kind) {
    case "colour": {
      const fits = ticked.filter((field) => field.type === "checkbox").map((field) => field.value);
      return chosen ? { colour: chosen, fits: fits.filter((id) => id.startsWith(`${chosen}.`)) } : null;
    }
    case "joint_colour":
      return chosen ? { colour: chosen } : null;
    case "scale":
      return chosen ? Number(chosen) : null;
    case "tick":
      return ticked.length > 0;
    default: {
      const field = row.querySelector("textarea, input");
      return (drawn ? field.defaultValue : field.value) || null;
    }
  }
}

function write(row, value) {
  const declined = value?.declined === true;
  for (const field of row.querySelectorAll("input, textarea")) {
    if (field.name.endsWith(".declined")) field.checked = declined;
    else if (field.name.endsWith(".fits")) field.checked = Boolean(value?.fits?.includes(field.value));
    else if (field.type === "radio") field.checked = declined ? field.value === "declined" : field.value === code(value);
    else if (field.type === "checkbox") field.checked = value === true;
    else if (!declined) field.value = value ?? "";
  }
}

const code = (value) => String(value?.colour ?? value);
const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

function replace(entry, value) {
  write(entry.row, value);
  note(entry, value, 0);
  dress(entry);
  entry.row.focus({ preventScroll: true });
}

// What the row looks like besides its fields: room for the text, "take back", marks of a declined answer.
function dress(entry) {
  const { row } = entry;
  const value = read(row);
  row.dataset.state = value === null || value === false ? "empty" : value.declined ? "declined" : "answered";
  const clear = row.querySelector("[data-do=clear]");
  if (clear) clear.hidden = value === null;
  const area = row.querySelector("textarea");
  if (area && !CSS.supports("field-sizing", "content")) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  }
}

function explain(entry, sentence) {
  const id = `${entry.row.id}-said`;
  let error = entry.row.querySelector(".said");
  if (!sentence) return void error?.remove();
  if (!error) {
    error = make("p", "error said");
    error.id = id;
    error.setAttribute("role", "alert");
    entry.row.append(error);
  }
  error.textContent = sentence;
}

// ---- the queue: the latest value of each row, one request at a time for each ----

const isUnsaved = (entry) => !["clean", "saved"].includes(entry.state);

function note(entry, value, pause) {
  entry.value = value;
  entry.since ??= Date.now();
  if (!["conflict", "ended"].includes(entry.state)) entry.state = entry.letter && entry.tries ? entry.state : "changed";
  clearTimeout(entry.timer);
  const wait = Math.max(0, Math.min(pause, entry.since + PATIENCE - Date.now()));
  entry.timer = setTimeout(() => send(entry), wait);
  tell();
}

async function send(entry) {
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
      keepalive: leaving && body.length < 15000,
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
    entry.timer = setTimeout(() => send(entry), wait * 1000 * (0.8 + 0.4 * Math.random()));
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

function saved(entry, { version, saved_at }) {
  entry.version = version;
  entry.state = "saved";
  entry.page.savedAt = saved_at ? new Date(saved_at) : new Date();
  explain(entry, "");
  const { instrument, item } = entry.data;
  if (!settleLetter(entry)) entry.since = null;
  entry.page.hooks.onSaved?.({ instrument, item, version });
}

function again(force = false) {
  for (const entry of entries.values()) {
    if (force && entry.state === "sign_in") entry.state = "changed";
    if (["waiting", "busy", "changed"].includes(entry.state)) send(entry);
  }
  tell();
}

// ---- two devices ----

function differs(entry, { version, value }) {
  entry.letter = null;
  entry.tries = 0;
  if (same(value, entry.value)) return Object.assign(entry, { version, state: "saved", since: null });
  entry.state = "conflict";
  entry.row.querySelector(".conflict")?.remove();
  entry.row.append(conflictBox(entry, version, value ?? null));
}

function conflictBox(entry, version, other) {
  const { words } = entry.page;
  const box = make("div", "conflict");
  box.setAttribute("role", "alert");
  const choose = (label, value) => {
    const button = make("button", "", label);
    button.type = "button";
    button.onclick = () => {
      box.remove();
      write(entry.row, value());
      Object.assign(entry, { version, state: "changed", value: value() });
      if (same(value(), other)) Object.assign(entry, { state: "saved", since: null });
      else note(entry, value(), 0);
      dress(entry);
      entry.row.focus({ preventScroll: true });
      tell();
    };
    return button;
  };
  const sides = make("dl");
  sides.append(make("dt", "", words.here), make("dd", "", inWords(entry, entry.value)));
  sides.append(make("dt", "", words.there), make("dd", "", inWords(entry, other)));
  const mine = entry.value;
  const latest = () => (same(entry.value, other) ? mine : entry.value);
  const buttons = make("div", "steps");
  buttons.append(choose(words.keep_here, latest), choose(words.take_other, () => other));
  if (entry.data.kind === "text" && typeof other === "string" && typeof entry.value === "string") {
    buttons.append(choose(words.keep_both, () => `${latest()}\n\n${other}`));
  }
  box.append(make("p", "", words.two_answers), sides, buttons);
  return box;
}

/** An answer in the words that stand in its row. */
function inWords({ row, page }, value) {
  const { words } = page;
  if (value === null || value === undefined || value === "") return words.empty;
  if (value.declined) return words.declined;
  if (typeof value === "boolean") return value ? words.ticked : words.unticked;
  if (!value.colour) return String(value);
  const mark = row.querySelector(`input[value="${value.colour}"] ~ label .mark`);
  const fits = (value.fits ?? []).map((id) => row.querySelector(`input[value="${id}"] ~ span`)?.textContent);
  return [clean(mark), ...fits].join(". ");
}

const clean = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

// ---- signing in again, in place ----

function askToSignIn(entry) {
  entry.state = "sign_in";
  const { page } = entry;
  if (page.hooks.onSignIn) {
    page.asking ??= page.hooks.onSignIn().then((done) => {
      page.asking = null;
      if (done) again(true);
    });
  } else if (page.again?.isConnected && !page.again.open && !page.declinedToSignIn) openSignIn(page);
}

function openSignIn(page) {
  page.declinedToSignIn = true; // asked once by itself; then by the button in the bar
  page.again.querySelector(".error").textContent = "";
  page.again.showModal();
}

async function signIn(page, event) {
  event.preventDefault();
  const form = page.again.querySelector("form");
  const [username, password] = form.querySelectorAll("input");
  const error = form.querySelector(".error");
  error.textContent = "";
  try {
    const reply = await fetch("/sign-in/again", {
      method: "POST",
      body: JSON.stringify({ username: username.value, password: password.value }),
      headers: { "Content-Type": "application/json", "X-Requested-With": "samtal" },
      credentials: "same-origin",
    });
    if (reply.ok) {
      password.value = "";
      page.declinedToSignIn = false;
      page.again.close();
      again(true);
    } else error.textContent = reply.status === 429 ? page.words.slow_down : page.words.wrong;
  } catch {
    error.textContent = page.words.waiting;
  }
}

// ---- the line that says how it is ----

const URGENCY = ["ended", "sign_in", "conflict", "refused", "waiting", "busy", "changed"];

function tell() {
  for (const page of pages.values()) if (page.bar) tellPage(page);
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

function listen() {
  if (listening) return;
  listening = true;
  addEventListener("online", () => again());
  addEventListener("beforeunload", (event) => {
    if (!leaving && [...entries.values()].some(isUnsaved)) event.preventDefault();
  });
  addEventListener("submit", (event) => event.target.querySelector?.(".jagmed-form") && (leaving = true), true);
  addEventListener("pagehide", () => {
    leaving = true;
    again();
  });
  addEventListener("pageshow", () => (leaving = false));
  document.addEventListener("visibilitychange", () => again(document.visibilityState === "visible"));
}

// ---- one at a time ----

function lead(page) {
  page.groups = [];
  for (const { form, row } of page.rows) {
    const last = page.groups[page.groups.length - 1];
    if (row.hasAttribute("data-joined") && last?.form === form) last.rows.push(row);
    else page.groups.push({ form, rows: [row] });
  }
  page.later = new Set();
  page.place = `${page.forms.map((form) => form.dataset.saveUrl + form.querySelector("[name=asked]").value)}`;
  const empty = page.groups.findIndex((group) => group.rows.every((row) => row.dataset.state === "empty"));
  page.bar.querySelector(".steps").hidden = false;
  page.bar.querySelector("progress").hidden = false;
  const all = page.bar.querySelector("[data-do=all]");
  if (all) all.hidden = false;
  show(page, places.get(page.place) ?? (empty < 0 ? page.groups.length : empty));
}

/** Shows one group of rows; the one after the last is the overview; null shows everything. */
function show(page, at) {
  const all = at === null;
  page.at = at;
  places.set(page.place, at);
  const group = page.groups[at];
  page.later.delete(at);
  page.groups.forEach((other) => other.rows.forEach((row) => (row.hidden = !all && other !== group)));
  for (const form of page.forms) {
    for (const area of form.querySelectorAll(".area")) area.hidden = !area.querySelector("[data-item]:not([hidden])");
    const about = form.querySelector(".about");
    const first = page.groups.findIndex((other) => other.form === form);
    if (about) about.hidden = !all && at !== first;
  }
  const ended = at === page.groups.length;
  page.end.hidden = !ended;
  if (ended) overview(page);
  outside(page, "data-before-steps", all || at === 0);
  outside(page, "data-after-steps", all || ended);
  showBar(page, all, ended);
  page.groups.flatMap((one) => one.rows).forEach((row) => row.querySelector("textarea") && dress({ row }));
}

function outside(page, name, shown) {
  for (const part of page.root.querySelectorAll(`[${name}]`)) part.hidden = !shown;
}

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
  for (const name of ["next", "pass", "later", "yours"]) disable(name, ended);
  const last = at === groups.length - 1 && page.later.size === 0;
  bar.querySelector("[data-do=next] .word").textContent = last ? words.finish : words.next;
  const toggle = bar.querySelector("[data-do=all]");
  if (toggle) toggle.textContent = all ? words.show_one : words.show_all;
}

function press(page, wish) {
  const last = page.groups?.length;
  const steps = {
    back: () => go(page, Math.max(0, page.at - 1)),
    next: () => go(page, following(page)),
    pass: () => pass(page),
    later: () => putOff(page),
    yours: () => hand(page, true),
    mine: () => hand(page, false),
    all: () => go(page, page.at === null ? Math.min(page.shownLast ?? 0, last) : null),
    "sign-in": () => (page.hooks.onSignIn ? again(true) : openSignIn(page)),
  };
  steps[wish]?.();
}

// What was put off comes back when the last one is reached.
function following(page) {
  if (page.at < page.groups.length - 1 && !page.returning) return page.at + 1;
  const waiting = [...page.later].filter((at) => at !== page.at);
  page.returning = waiting.length > 0;
  return waiting.length ? waiting[0] : page.groups.length;
}

function go(page, at) {
  if (at === null) page.shownLast = page.at;
  show(page, at);
  const target = at === null ? page.rows[0].row : (page.groups[at]?.rows[0] ?? page.end);
  target.focus({ preventScroll: true });
  const about = page.groups[at]?.form.querySelector(".about:not([hidden])");
  (about ?? target.closest(".area") ?? target).scrollIntoView({ block: "start" });
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
  const at = page.at;
  page.later.add(at);
  const next = following(page);
  show(page, next);
  page.later.add(at);
  go(page, next);
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
  const list = page.end.querySelector("ol");
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

// ---- small things ----

function make(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

// crypto.randomUUID is missing on plain http, as on many a school's network.
function newClient() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
