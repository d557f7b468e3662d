/* What other engines read in the words of a line: buttons that put it there. */

const MOST_KEYS = 9;

export class Choices {
  /** *text* is the line's element, its words marked with what others read. */
  constructor(place, input, text, words) {
    this.input = input;
    this.buttons = [];
    for (const mark of text.querySelectorAll("[data-others]")) {
      const word = { text: mark.textContent, at: offsetOf(text, mark) };
      for (const [other, who] of JSON.parse(mark.dataset.others)) place.append(this.button(word, other, who, words));
    }
    place.hidden = !this.buttons.length;
    place.addEventListener("click", ({ target }) => {
      const number = this.buttons.indexOf(target.closest("button"));
      if (number >= 0) this.take(number);
    });
    input.addEventListener("input", ({ inputType }) => {
      if (inputType?.startsWith("history")) for (const button of this.buttons) button.setAttribute("aria-pressed", false);
    });
  }

  button(word, other, who, words) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "small", word, other });
    const name = words.instead.replace("%text%", other || words.nothing).replace("%word%", word.text).replace("%who%", who);
    button.setAttribute("aria-label", name);
    button.title = name;
    if (this.buttons.push(button) <= MOST_KEYS) button.append(keyOf(this.buttons.length));
    const said = document.createElement(other ? "bdi" : "s"); // struck out: nothing stands there
    Object.assign(said, { textContent: other || word.text, dir: "auto" });
    const by = document.createElement("span");
    Object.assign(by, { className: "sub", textContent: who });
    button.append(said, by);
    return button;
  }

  /** Put what button *number* says in its word's place; a second time, the word again. */
  take(number) {
    const button = this.buttons[number];
    if (!button) return;
    const { word, other } = button;
    const isTaken = isPressed(button);
    if (!this.put(this.standing(word), isTaken ? word.text : other, word.at)) return;
    for (const one of this.buttons) if (one.word === word) one.setAttribute("aria-pressed", one === button && !isTaken);
  }

  /** What stands in the place of *word* now. */
  standing(word) {
    const own = this.buttons.filter((one) => one.word === word);
    const taken = own.find(isPressed)?.other;
    const known = [taken, word.text, ...own.map((one) => one.other)];
    return taken === "" ? "" : known.find((text) => text && this.input.value.includes(text));
  }

  /** *wish* in the place of the *now* that stands next to *at*; whether there was one. */
  put(now, wish, at) {
    const start = now === undefined ? -1 : nearest(this.input.value, now, at);
    if (start < 0) return false;
    this.input.focus();
    this.input.setSelectionRange(start, start + now.length);
    // Typed as by hand, so that the browser's own undo takes it back.
    if (wish) document.execCommand("insertText", false, wish);
    else document.execCommand("delete");
    return true;
  }
}

const isPressed = (button) => button.getAttribute("aria-pressed") === "true";

function keyOf(number) {
  const key = document.createElement("kbd");
  key.textContent = number;
  key.setAttribute("aria-hidden", "true");
  return key;
}

/** Where *word* stands in *text*, as close to *at* as can be; -1 if nowhere. */
function nearest(text, word, at) {
  if (!word) return Math.min(at, text.length);
  let best = -1;
  for (let here = text.indexOf(word); here >= 0; here = text.indexOf(word, here + 1)) {
    if (best < 0 || Math.abs(here - at) < Math.abs(best - at)) best = here;
  }
  return best;
}

/** How many characters of *text* stand before *node* within it, and its *offset*. */
export function offsetOf(text, node, offset = 0) {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
