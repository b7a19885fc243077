// Every cell becomes text: no words of anybody's are read as HTML. What is wider than the screen is scrolled sideways,
// by keyboard too, so the part that scrolls can have the focus and says what it is.
export default function ({ data, parentElement }) {
  const around = parentElement.querySelector(".around");
  const table = document.createElement("table");
  for (const named of [around, table]) named.setAttribute("aria-label", data.name);
  if (data.columns.some(Boolean)) table.createTHead().append(row(data.columns, head));
  table.createTBody().append(...data.rows.map((cells) => row(cells, cell)));
  around.replaceChildren(table);
}

function row(texts, make) {
  const line = document.createElement("tr");
  line.append(...texts.map(make));
  return line;
}

function cell(textContent) {
  return Object.assign(document.createElement("td"), { textContent });
}

function head(textContent) {
  return textContent ? Object.assign(document.createElement("th"), { textContent, scope: "col" }) : cell("");
}
