// The student's page around the form: hiding it in a blink, sending only what is saved, and looking as was chosen.
const top = document.documentElement;
const suits = chosenBefore();
let dark; // sought when it is needed: to look through all rules is a long time on a slow phone
if (suits.size || suits.look) wear(suits);

function chosenBefore() {
  try {
    return { ...JSON.parse(localStorage.getItem("suits")) };
  } catch {
    return {};
  }
}

function wear({ size = "", look = "" }) {
  dark ??= [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => /color-scheme/.test(rule.media?.mediaText));
  if (size) top.dataset.size = size;
  else delete top.dataset.size;
  top.style.colorScheme = look;
  for (const rule of dark) rule.media.mediaText = { dark: "all", light: "not all" }[look] ?? "(prefers-color-scheme: dark)";
}

addEventListener("keydown", ({ key }) => key === "Tab" && (top.dataset.keys = ""), true);

let hiding = false;
const hide = document.getElementById("hide");
addEventListener("beforeunload", (event) => hiding && event.stopImmediatePropagation(), true);
hide?.addEventListener("click", (event) => {
  event.preventDefault();
  hiding = true;
  document.documentElement.classList.add("gone");
  document.title = "SMHI";
  page?.forget();
  location.replace(hide.href); // this page leaves no step to go back to
});
addEventListener("pageshow", (event) => event.persisted && hiding && location.reload());

// The first question is drawn before the script takes its time. What is chosen meanwhile is found and saved at the start.
let page = null;
await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
const form = document.getElementById("answers");
page = start(document, { key: form?.dataset.key, leaves: () => hiding, all: suits.view === "all" });
if (document.querySelector("[data-forget]")) page.forget();
// Nobody waits for the panel: the first choice can be made before it is asked for.
const panel = document.getElementById("suits");
const wake = () => import(panel.dataset.script).then(({ suit }) => suit(panel, suits, wear, page), () => {});
if (panel) setTimeout(wake, 200);

const unsaved = document.getElementById("unsaved");
const isSaved = () => [null, undefined, "clean", "saved"].includes(form.querySelector(".bar")?.dataset.state);
let wanted = null;

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=action]");
  if (!button || isSaved()) return;
  event.preventDefault();
  if (!form.reportValidity()) return;
  wanted = button;
  setTimeout(() => wanted && (unsaved.hidden = false), 3000);
});
// Everything is saved already: only the wish to send is posted, so that no older answer can come after a newer one.
form?.addEventListener("formdata", ({ formData }) => {
  if (!isSaved()) return;
  for (const field of form.querySelectorAll(".jagmed-form [name]")) formData.delete(field.name);
});
if (form?.querySelector(".bar")) {
  new MutationObserver(() => {
    if (!isSaved()) return;
    unsaved.hidden = true;
    const button = wanted;
    wanted = null;
    if (button) form.requestSubmit(button);
  }).observe(form.querySelector(".bar"), { attributeFilter: ["data-state"] });
}
