// A dialog over everything: what lies under it is hidden from eyes, keyboard and screen readers, and stays as it was.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pause");
  if (!root.firstChild) build(root);
  const [pause, dialog] = root.children;
  pause.textContent = data.pause;
  dialog.querySelector("p").textContent = data.resting;
  dialog.querySelector("button").textContent = data.go_on;
}

function build(root) {
  const pause = Object.assign(document.createElement("button"), { type: "button" });
  const dialog = document.createElement("dialog");
  const resting = Object.assign(document.createElement("p"), { id: "resting" });
  const goOn = Object.assign(document.createElement("button"), { type: "button" });
  dialog.setAttribute("aria-labelledby", "resting");
  dialog.append(resting, goOn);
  pause.onclick = () => dialog.showModal();
  goOn.onclick = () => dialog.close();
  root.append(pause, dialog);
}
