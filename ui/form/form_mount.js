// Puts the rendered form into the page once, and lets form.js bring it to life. The form outlives the page's reruns.
const TELL_AFTER = 400; // ms: several saves in a row are told once

export default function ({ data, parentElement, setTriggerValue }) {
  const mount = parentElement.querySelector(".mount");
  mount.classList.toggle("bare", data.bare);
  mount.tell = () => {
    if (!data.tells) return;
    clearTimeout(mount.telling);
    mount.telling = setTimeout(() => setTriggerValue("saved", Date.now()), TELL_AFTER);
  };
  if (mount.dataset.drawing === data.drawing) return;
  mount.dataset.drawing = data.drawing;
  mount.innerHTML = data.html; // made by our templates, which escape everything that a person wrote
  // The module of an inline component lives at a blob: address, so the path must be absolute.
  import(new URL("/form.js", window.location.origin).href).then(({ start }) =>
    start(mount, { onSaved: () => mount.tell(), onSignIn: window.jagmedSignIn }),
  );
}
