// Two devices answered the same question: both answers are shown, and a person chooses.

import { capital, clean, kinds, make, same } from "./making.js";
import { note } from "./queue.js";
import { dress, write } from "./row.js";
import { tell } from "./status.js";

export function differs(entry, { version, value }) {
  entry.letter = null;
  entry.tries = 0;
  if (same(value, entry.value)) return Object.assign(entry, { version, state: "saved", since: null });
  entry.state = "conflict";
  entry.row.querySelector(".conflict")?.remove();
  entry.row.append(conflictBox(entry, version, value ?? null));
}

function conflictBox(entry, version, other) {
  const { words } = entry.page;
  const box = make("div", "conflict");
  box.setAttribute("role", "alert");
  const choose = (label, value) => {
    const button = make("button", "", label);
    button.type = "button";
    button.onclick = () => {
      const chosen = value();
      box.remove();
      write(entry.row, chosen);
      Object.assign(entry, { version, value: chosen, state: "saved", since: null });
      if (!same(chosen, other)) note(entry, chosen, 0);
      dress(entry);
      entry.row.focus({ preventScroll: true });
      tell();
    };
    return button;
  };
  const sides = make("dl");
  sides.append(make("dt", "", words.here), make("dd", "", inWords(entry, entry.value)));
  sides.append(make("dt", "", words.there), make("dd", "", inWords(entry, other)));
  const latest = () => entry.value;
  const buttons = make("div", "steps");
  buttons.append(choose(words.keep_here, latest), choose(words.take_other, () => other));
  if (entry.data.kind === "text" && typeof other === "string" && typeof entry.value === "string") {
    buttons.append(choose(words.keep_both, () => `${latest()}\n\n${other}`));
  }
  box.append(make("p", "", words.two_answers), sides, buttons);
  return box;
}

/** An answer in the words that stand in its row. */
export function inWords({ row, page }, value) {
  const { words } = page;
  if (value === null || value === undefined || value === "") return words.empty;
  if (value.declined) return words.declined;
  if (typeof value === "boolean") return value ? words.ticked : words.unticked;
  const own = kinds[row.dataset.kind];
  if (own) return own.say(row, value, words);
  if (!value.colour) return String(value);
  const [word, colour] = row.querySelectorAll(`input[value="${value.colour}"] ~ label :is(.mark b, .mark small)`);
  const fits = (value.fits ?? []).map((id) => row.querySelector(`input[value="${id}"] ~ span`)?.textContent);
  return [`${capital(clean(word))}, ${clean(colour)}`, ...fits].join(". ");
}
