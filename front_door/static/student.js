// The student's page around the form: hiding it in a blink, and sending only what is saved.
let hiding = false;
const hide = document.getElementById("hide");
addEventListener("beforeunload", (event) => hiding && event.stopImmediatePropagation(), true);
hide?.addEventListener("click", (event) => {
  event.preventDefault();
  hiding = true;
  document.documentElement.classList.add("gone");
  document.title = "SMHI";
  forget();
  location.replace(hide.href); // this page leaves no step to go back to
});
addEventListener("pageshow", (event) => event.persisted && hiding && location.reload());

const form = document.getElementById("answers");
const { forget } = start(document, { key: form?.dataset.key, leaves: () => hiding });
if (document.querySelector("[data-forget]")) forget();

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
