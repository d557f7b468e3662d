/* What was saved in this sitting, with the way back and forth, and the bar that tells. */

export class Sitting {
  constructor(reader) {
    this.bar = reader.querySelector("#sitting");
    this.said = reader.querySelector("#said");
    this.words = this.bar.dataset;
    this.done = [];
    this.undone = [];
  }

  /** Say a sentence of the bar's, its %places% filled, or *name* itself if it has none
      of that name. With *resume*, editing can be gone on with. */
  say(name, places = {}, { resume = false } = {}) {
    let words = this.words[name] ?? name;
    for (const [place, text] of Object.entries(places)) words = words.replace(`%${place}%`, () => text);
    this.bar.querySelector(".words").textContent = this.said.textContent = words;
    this.bar.classList.toggle("bad", name === "refused");
    this.button("resume").hidden = !resume;
    this.bar.hidden = false;
    this.show();
  }

  /** A line said *from* and says *to* now. */
  add(step) {
    this.done.push(step);
    this.undone = [];
    this.show();
  }

  show() {
    this.button("undo").hidden = !this.done.length;
    this.button("redo").hidden = !this.undone.length;
  }

  button(act) { return this.bar.querySelector(`[data-act=${act}]`); }
}
