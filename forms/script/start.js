// Brings forms to life. forms/assets.py joins these files into the one form.js that a browser asks for.

import { forget, keepUnsaved } from "./kept.js";
import { make } from "./making.js";
import { again, leave, wouldBeLost } from "./queue.js";
import { bind, bound, isolate, read } from "./row.js";
import { signIn } from "./sign_in.js";
import { pages, tell } from "./status.js";
import { lead, press, reach } from "./steps.js";

let listening = false;

/** Brings the forms inside `root` (a document, an element or a shadow root) to life. May be called again at any time.
 *  onSaved({instrument, item, version}) is called after each acknowledged save; onSignIn() may replace the built-in
 *  dialog: it returns a promise of true when signed in again; key and leaves(): see kept.js.
 *  all: everything at once is shown, until one question at a time is asked for. */
export function start(root = document, hooks = {}) {
  listen();
  for (const other of pages.keys()) if (!other.isConnected) pages.delete(other);
  const page = pages.get(root) ?? { root, rows: [], entries: new Set() };
  page.hooks = hooks;
  page.forget = forget;
  pages.set(root, page);
  const forms = [...root.querySelectorAll(".jagmed-form[data-save-url]")];
  if (forms.some((form) => !form.dataset.started)) settle(page, forms);
  keepUnsaved(page);
  tell();
  wakePictures(page);
  return page;
}

// Only a form with a picture asks for the script that draws.
function wakePictures(page) {
  const picture = page.root.querySelector(".picture:not([data-awake])");
  if (picture) import(picture.dataset.script).then(({ wake }) => wake(page.root, { read, reach: (row) => reach(page, row) }));
}

function settle(page, forms) {
  Object.assign(page, { forms, groups: null, later: new Set(), returning: false });
  page.words = JSON.parse(forms[0].dataset.words);
  page.rows = forms.flatMap((form) => [...form.querySelectorAll("[data-item]")].map((row) => ({ form, row })));
  page.entries = new Set(page.rows.map(({ form, row }) => bound.get(row) ?? bind(page, form, row)));
  for (const form of forms) {
    if (!form.dataset.started) isolate(form);
    form.dataset.started = "yes";
  }
  settleBar(page, forms);
  if (forms[0].hasAttribute("data-one")) lead(page);
}

function settleBar(page, forms) {
  const last = forms[forms.length - 1];
  for (const name of ["last", "bar", "again"]) {
    const [kept, ...rest] = [page[name], ...forms.map((form) => form.querySelector(`:scope > .${name}`))].filter(
      (part) => part?.isConnected,
    );
    rest.forEach((part) => part.remove());
    page[name] = kept;
    if (kept) last.append(kept);
  }
  // Beside the forms, not in one of them: there it can stay at the lower edge along all of them.
  page.dock?.remove();
  page.dock = make("div", `jagmed-form ${forms[0].dataset.mode} dock`);
  page.dock.append(page.bar);
  last.after(page.dock);
  page.bar.hidden = false;
  page.bar.onclick = (event) => press(page, event.target.closest("[data-do]")?.dataset.do);
  if (page.again) page.again.querySelector("form").onsubmit = (event) => signIn(page, event);
  if (page.again) page.again.querySelector("[data-do=not-now]").onclick = () => page.again.close();
}

export function listen() {
  if (listening) return;
  listening = true;
  addEventListener("online", () => again());
  addEventListener("beforeunload", (event) => {
    if (wouldBeLost()) event.preventDefault();
  });
  addEventListener("submit", (event) => event.target.querySelector?.(".jagmed-form") && leave(true), true);
  addEventListener("pagehide", () => {
    leave(true);
    again();
  });
  addEventListener("pageshow", () => leave(false));
  document.addEventListener("visibilitychange", () => again(document.visibilityState === "visible"));
}
