// What a student may change so that the page suits them. Fetched when the page already works; kept on this device only.

/** Wakes the panel. `suits` is what was chosen before, `wear` shows it, `page` is the form's, if there is one. */
export function suit(panel, suits, wear, page) {
  const choose = (name, value) => {
    suits[name] = value;
    wear(suits);
    store(suits);
  };
  for (const field of panel.querySelectorAll("input[type=radio]")) field.checked = field.value === (suits[field.name] ?? "");
  panel.addEventListener("change", ({ target }) => {
    choose(target.name, target.value);
    if (target.name === "view") page?.showAll?.(target.value === "all");
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
  addEventListener("click", (event) => panel.contains(event.target) || (panel.open = false));
  // Whoever goes on with the keyboard would else have the focus behind it.
  panel.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !panel.contains(relatedTarget) && (panel.open = false));
  page?.bar?.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-do=all]")) return;
    choose("view", page.at === null ? "all" : "");
    panel.querySelector(`[name=view][value='${suits.view}']`).checked = true;
  });
  const views = panel.querySelector(".views");
  if (views) views.hidden = !page?.showAll;
  panel.hidden = false;
  offerReading(panel, suits);
}

function store(suits) {
  try {
    localStorage.setItem("suits", JSON.stringify(suits));
  } catch {
    // A browser may refuse its storage: then it lasts as long as the page.
  }
}
