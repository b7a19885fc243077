// The tests' page: the form in the document, or, where there is a #host, in a shadow root as the talk's screen has it.
import { start } from "/form.js";

window.saved = [];
const hooks = { onSaved: (what) => window.saved.push(what) };
const host = document.querySelector("#host");
window.mount = (html) => {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.innerHTML = `<link rel="stylesheet" href="/form.css">${html}`;
  start(root, hooks);
};
if (host) fetch(`/fragment${location.search}`).then((reply) => reply.text()).then(window.mount);
else {
  start(document, hooks);
  start(document, hooks); // twice is as good as once
}
