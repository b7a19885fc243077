// Reading aloud with the device's own voices. A voice that is somewhere else would be sent what stands here: never those.

const LEFT_OUT = "button, textarea, input, select, template, noscript, [aria-hidden=true], .tens, .unseen, .aloud";
const BLOCKS = "legend, .asks, p, li, label, h1, h2, h3, h4, th, td, summary, div, section";
let voice = null;
let reading = null; // {pieces, at, button}

function offerReading(panel, suits) {
  const speech = globalThis.speechSynthesis;
  const words = panel.dataset;
  const parts = [...document.querySelectorAll(".intro, [data-item], .send")];
  const offer = () => {
    voice = speech?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(document.documentElement.lang));
    if (voice && !document.querySelector(".aloud")) for (const part of parts) addButtons(part, parts, words, suits);
    for (const buttons of document.querySelectorAll(".aloud")) buttons.hidden = !voice;
    for (const one of panel.querySelectorAll("[data-voice]")) one.hidden = (one.dataset.voice === "yes") !== Boolean(voice) || !parts.length;
  };
  speech?.addEventListener("voiceschanged", offer);
  offer();
  addEventListener("pagehide", stop);
  addEventListener("keydown", (event) => event.key === "Escape" && stop());
  document.addEventListener("click", ({ target }) => reading && target.closest("[data-do], #hide") && stop());
}

function addButtons(part, parts, words, suits) {
  const box = document.createElement("div");
  box.className = "aloud";
  const add = (word, sign, said) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.word = word;
    button.dataset.sign = sign;
    box.append(button);
    show(button, words, false);
    button.onclick = () => (reading?.button === button ? stop() : begin(said(), button, words, suits));
    return button;
  };
  add(words.read, "▶", () => [part]);
  if (part.matches("[data-item]")) add(words.from, "▶▶", () => parts.slice(parts.indexOf(part))).className = "on";
  const title = part.querySelector("legend, .asks, h1, h2");
  title && title.closest("[data-item], .intro, .send") === part ? title.after(box) : part.prepend(box);
}

function show(button, words, isReading) {
  const sign = document.createElement("span");
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = isReading ? "■" : button.dataset.sign;
  button.replaceChildren(sign, ` ${isReading ? words.stop : button.dataset.word}`);
}

function begin(parts, button, words, suits) {
  stop();
  reading = { pieces: parts.flatMap(piecesOf), at: 0, button, words, rate: suits.pace === "slow" ? 0.75 : 1 };
  show(button, words, true);
  next(reading);
}

function stop() {
  if (!reading) return;
  const { button, words } = reading;
  reading = null;
  speechSynthesis.cancel();
  globalThis.CSS?.highlights?.delete("said");
  show(button, words, false);
}

function next(mine) {
  const piece = mine.pieces[mine.at++];
  if (!piece) return stop();
  const said = new SpeechSynthesisUtterance(piece.text);
  Object.assign(said, { voice, lang: voice.lang, rate: mine.rate });
  said.onboundary = ({ charIndex, charLength }) => mine === reading && light(piece, charIndex, charLength);
  said.onend = () => mine === reading && next(mine);
  said.onerror = () => mine === reading && stop();
  mine.said = said; // else some browsers forget it while it is spoken, and never tell that it has ended
  light(piece, 0, piece.text.length);
  piece.block.scrollIntoView({ block: "nearest" });
  speechSynthesis.speak(said);
}

/** What stands in a part, block by block: its text, and where in the text each node of the page begins. */
function piecesOf(part) {
  const found = new Map();
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const around = node.parentElement;
    if (!node.data.trim() || around.closest(LEFT_OUT) || !around.getClientRects().length) continue;
    const block = around.closest(BLOCKS);
    const piece = found.get(block) ?? { block, text: "", nodes: [] };
    piece.nodes.push({ node, start: piece.text.length });
    piece.text += `${node.data.replace(/\s/g, " ")}${/[.,:;!?]\s*$/.test(node.data) ? " " : ", "}`;
    found.set(block, piece);
  }
  return [...found.values()];
}

// The word that is said where the browser tells it, until then the whole block.
function light({ text, nodes }, from, length) {
  if (!globalThis.CSS?.highlights) return;
  const to = from + (length || text.slice(from).search(/[\s,.:;!?]|$/));
  const ranges = nodes.map(({ node, start }) => {
    const range = document.createRange();
    const within = (at) => Math.min(Math.max(at - start, 0), node.data.length);
    range.setStart(node, within(from));
    range.setEnd(node, within(to));
    return range;
  });
  CSS.highlights.set("said", new Highlight(...ranges.filter((range) => !range.collapsed)));
}
