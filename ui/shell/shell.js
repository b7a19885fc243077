// What the browser does around the pages: language, focus, one-letter keys, connection, and the end of the session.
// Streamlit runs the default export again on every change of data; one Shell lives for as long as the page does.

const ACTIVITY_EVERY = 60_000;   // at most one "I am here" a minute
const LOOK_EVERY = 30_000;       // how often the server is asked what is left of the session
const WARN_BEFORE = 120;         // seconds
const SAVE_FIRST = 1_500;        // ms for unsaved text to reach the server before the page is loaded anew
const SAID_AFTER = 700;          // a run shorter than this says nothing
const NOT_OURS = '[data-testid="stText"], [data-testid="stMarkdownContainer"], textarea, input';
const THEIRS = '[data-testid^="stFileUploader"], [data-testid="stDialog"], [data-testid="stTopNavSection"]'; // Streamlit's own words, also in Markdown
const SPOKEN = ["aria-label", "title", "placeholder", "alt"];

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".shell");
  root.shell ??= new Shell(root);
  root.shell.show(data);
  return () => root.shell?.end();
}

class Shell {
  constructor(root) {
    this.root = root;
    this.ending = new AbortController();
    const always = { signal: this.ending.signal, capture: true };
    for (const type of ["keydown", "keyup"]) window.addEventListener(type, (event) => this.ignoreLetter(event), always);
    for (const type of ["pointerdown", "keydown"]) window.addEventListener(type, () => this.noteActivity(), always);
    document.addEventListener("visibilitychange", () => document.hidden || this.look(), always);
    this.looking = setInterval(() => this.look(), LOOK_EVERY);
    this.said = new MutationObserver((changes) => this.translate(changes));
    this.stayedAt = Date.now();
    this.waiting = [];
    // For form.js: asks for the password here, and promises to say whether it went well.
    window.jagmedSignIn = () => new Promise((settle) => { this.waiting.push(settle); this.askAgain(); });
  }

  show(data) {
    const first = this.data === undefined;
    const turned = !first && this.data.page !== data.page;
    this.data = data;
    this.words = data.words;
    this.counted = Object.entries(data.counted).map(([said, swedish]) => [new RegExp(said), swedish]);
    document.documentElement.lang = data.language;
    if (first) this.build();
    this.root.querySelector(".who span").textContent = data.name;
    this.root.querySelector(".who button").textContent = this.words.sign_out;
    this.root.querySelector(".who").hidden = data.ended;
    if (first) this.watch();
    if (turned) this.focusHeading();
    if (data.ended) this.askAgain();
    else if (first) this.look();
  }

  end() {
    this.ending.abort();
    this.said.disconnect();
    this.doing?.disconnect();
    clearInterval(this.looking);
  }

  build() {
    this.root.replaceChildren(
      make("div", { className: "who" }, make("span"),
        make("form", { method: "post", action: "/sign-out" }, make("button", { type: "submit" }))),
      make("div", { className: "doing", role: "status" }),
    );
  }

  // --- Streamlit's own English -------------------------------------------------------------------------------------

  watch() {
    this.mendUnder(document.body);
    this.said.observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN,
    });
    const app = document.querySelector('[data-testid="stApp"]');
    this.doing = new MutationObserver(() => this.sayState(app));
    this.doing.observe(app, {
      attributes: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"],
    });
  }

  translate(changes) {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach((node) => this.mendUnder(node));
      else if (change.type === "characterData") this.translateText(change.target);
      else this.translateSpoken(change.target);
    }
  }

  mendUnder(node) {
    if (node.nodeType === Node.TEXT_NODE) return this.translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let at = node; at; at = walker.nextNode()) {
      if (at.nodeType === Node.TEXT_NODE) this.translateText(at);
      else this.translateSpoken(at);
    }
  }

  translateText(node) {
    const swedish = this.swedish(node.data);
    const around = node.parentElement;
    const theirs = !around?.closest(NOT_OURS) || around.closest(THEIRS);
    if (swedish && theirs) node.data = swedish;
  }

  translateSpoken(element) {
    for (const name of SPOKEN) {
      const swedish = this.swedish(element.getAttribute(name));
      if (swedish) element.setAttribute(name, swedish);
    }
  }

  swedish(text) {
    if (!text) return "";
    const counted = this.counted.find(([said]) => said.test(text));
    return this.data.framework[text.trim()] ?? (counted && text.replace(...counted));
  }

  // --- connection ----------------------------------------------------------------------------------------------------

  sayState(app) {
    clearTimeout(this.saying);
    const connected = app.dataset.testConnectionState === "CONNECTED";
    const running = app.dataset.testScriptState === "running";
    if (!connected) this.look(); // the server closes the socket of a session that has ended
    const sentence = !connected ? this.words.no_contact : running ? this.words.working : "";
    this.saying = setTimeout(() => {
      this.root.querySelector(".doing").textContent = sentence;
    }, sentence ? SAID_AFTER : 0);
  }

  // --- keys and focus --------------------------------------------------------------------------------------------------

  ignoreLetter(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const target = event.composedPath()[0];
    const typing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
    if (plain && ["r", "c"].includes(event.key?.toLowerCase()) && !typing) event.stopImmediatePropagation();
  }

  /** When the new page is drawn, its heading gets focus: a screen reader says where one has come. */
  focusHeading() {
    const app = document.querySelector('[data-testid="stApp"]');
    const until = Date.now() + 10_000;
    const seek = () => {
      const drawn = app.dataset.testScriptState === "notRunning";
      if (!drawn && Date.now() < until) return void setTimeout(seek, 50);
      const heading = document.querySelector('[data-testid="stMain"] h1');
      if (!heading || document.activeElement?.matches("input, textarea")) return;
      heading.tabIndex = -1;
      heading.focus();
    };
    setTimeout(seek, 100);
  }

  // --- the end of the session ----------------------------------------------------------------------------------------

  noteActivity() {
    if (this.data?.ended || this.dialog?.open || Date.now() - this.stayedAt < ACTIVITY_EVERY) return;
    this.stay();
  }

  async stay() {
    this.stayedAt = Date.now();
    await this.ask("/session/stay", { method: "POST" });
  }

  async look() {
    await this.ask("/session", {});
  }

  /** Asks the server what is left; 401 means that the session has ended, "none" that it was ended here. No answer means nothing. */
  async ask(address, options) {
    let answer;
    try {
      answer = await fetch(address, { ...options, cache: "no-store", headers: { "X-Requested-With": "samtal" } });
    } catch { return; }
    if (answer.status === 401) return answer.headers.get("X-Session") === "none" ? leave() : this.askAgain();
    if (!answer.ok) return;
    const { seconds_left: left, ends } = await answer.json();
    this.ends = ends;
    const now = new Date(answer.headers.get("Date") ?? Date.now()); // the server's clock: a tablet's may be wrong
    const mayStay = new Date(ends) - now > (left + 5) * 1000; // else it is the end of the whole session
    clearTimeout(this.warning);
    clearTimeout(this.over);
    if (left > WARN_BEFORE) {
      this.closeDialog("ending");
      this.warning = setTimeout(() => this.look(), Math.min((left - WARN_BEFORE + 1) * 1000, 2 ** 31 - 1));
    } else {
      this.warn(mayStay);
      this.over = setTimeout(() => this.look(), (left + 1) * 1000);
    }
  }

  warn(mayStay) {
    if (this.dialog?.open) return;
    const sentence = mayStay ? this.words.ending : this.words.at_the_end;
    const stay = make("button", { type: "button", className: "main", textContent: this.words.stay });
    stay.onclick = () => (mayStay ? this.stay() : this.askAgain());
    this.openDialog("ending", this.words.ending_title, sentence, make("div", { className: "buttons" }, stay));
  }

  askAgain() {
    if (this.dialog?.open && this.dialog.className === "ended") return;
    const name = make("input", { name: "username", autocomplete: "username", value: this.data.username });
    const password = make("input", { name: "password", type: "password", autocomplete: "current-password" });
    const wrong = make("p", { className: "wrong", role: "alert" });
    const form = make("form", {},
      make("label", { textContent: this.words.username }, name),
      make("label", { textContent: this.words.password }, password),
      wrong,
      make("button", { className: "main", textContent: this.words.sign_in }));
    form.onsubmit = (event) => {
      event.preventDefault();
      this.signIn(name.value, password.value, wrong);
    };
    this.openDialog("ended", this.words.ended_title, this.words.ended, form);
    (name.value ? password : name).focus();
  }

  async signIn(username, password, wrong) {
    let answer;
    wrong.textContent = "";
    try {
      answer = await fetch("/sign-in/again", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Requested-With": "samtal" },
        body: JSON.stringify({ username, password }),
      });
    } catch {
      wrong.textContent = this.words.unreachable;
      return;
    }
    if (answer.ok) this.goOn(username, await answer.json());
    else wrong.textContent = answer.status === 429 ? this.words.wait : this.words.wrong;
  }

  /** The same session lives on (it ends when it always would), and the page with what is typed stays. With another
   *  session the socket has to be opened anew: first what is typed is saved, then the page is loaded. */
  goOn(username, { ends }) {
    const samePerson = username.trim().toLowerCase() === this.data.username;
    const sameSession = samePerson && !this.data.ended && ends === this.ends;
    for (const settle of this.waiting.splice(0)) settle(samePerson);
    if (!sameSession) return void setTimeout(() => window.location.reload(), samePerson ? SAVE_FIRST : 0);
    this.closeDialog("ended");
    this.look();
  }

  openDialog(kind, title, sentence, ...content) {
    this.dialog?.remove();
    this.dialog = make("dialog", { className: kind },
      make("h2", { textContent: title, id: "dialog-title" }), make("p", { textContent: sentence }), ...content);
    this.dialog.setAttribute("aria-labelledby", "dialog-title");
    this.dialog.oncancel = (event) => event.preventDefault();
    this.root.append(this.dialog);
    this.dialog.showModal();
  }

  closeDialog(kind) {
    if (this.dialog?.className !== kind) return;
    this.dialog.close();
    this.dialog.remove();
    this.dialog = undefined;
  }
}

/** This browser has signed out, or was handed over to a student: nothing of the page stays, and Back leads past it. */
function leave() {
  if (window.jagmedOnTheWay) return; // this is the tab where the button was pressed: it is led on already
  document.body.replaceChildren();
  window.location.replace("/sign-in");
}

function make(tag, properties = {}, ...children) {
  const { role, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (role) element.setAttribute("role", role);
  element.append(...children);
  return element;
}
