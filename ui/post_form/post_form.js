// The fields come as data and become values: no words of anybody's are read as HTML.
export default function ({ data, parentElement }) {
  const form = parentElement.querySelector("form");
  form.action = data.action;
  form.target = data.new_tab ? "_blank" : "_self";
  form.onsubmit = () => { window.jagmedOnTheWay = !data.new_tab; };
  const fields = data.fields.map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  const button = form.querySelector("button") ?? document.createElement("button");
  button.textContent = data.label;
  form.replaceChildren(...fields, button);
}
