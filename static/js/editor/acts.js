/* What can be done to a layout: each act changes the store and says what it did. */

import { LAST, added, between, changed, find, freeName, moved, region, removed } from "./regions.js";
import { ask, fill } from "./wire.js";

/** Around a recognised line, in fractions of its page. */
function boxOf({ lines, width, height }, index) {
  const { polygon } = lines.find((line) => line.index === index);
  const xs = polygon.map(([x]) => x / width), ys = polygon.map(([, y]) => y / height);
  return between({ x: Math.min(...xs), y: Math.min(...ys) }, { x: Math.max(...xs), y: Math.max(...ys) });
}

const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const HALF = { x: 0.15, y: 0.018 }; // of a region that was not drawn: a line of print

export class Acts {
  constructor({ config, store, canvas, sheet, say }) {
    Object.assign(this, { config, store, canvas, sheet, say, words: config.words, taking: new Set(), turnOf: Promise.resolve() });
    for (const name of ["addHere", "removeLast", "remove", "duplicate", "undo", "redo", "suggest"]) this[name] = this[name].bind(this);
  }

  get mayNot() { return !this.config.mayChange; }

  /* Adding */

  add(box, parts = {}) {
    if (this.mayNot) return;
    const name = freeName(this.store.now, parts.name || this.words.field);
    const one = region({ kind: "text", page: this.store.place, ...parts, name, box });
    this.store.change(added(this.store.now, one));
    this.store.select(one.key);
    this.say(fill(this.words.added, { name }));
    if (!parts.name) this.guess(one);
  }

  /** In the middle of what is in sight, and at once under the keys. */
  addHere() {
    const stage = this.sheet.stage.getBoundingClientRect();
    const picture = this.canvas.svg.getBoundingClientRect();
    const x = (Math.max(stage.left, picture.left) + Math.min(stage.right, picture.right)) / 2;
    const y = (Math.max(stage.top, picture.top) + Math.min(stage.bottom, picture.bottom)) / 2;
    const centre = { x: (x - picture.x) / picture.width, y: (y - picture.y) / picture.height };
    const box = { left: centre.x - HALF.x, top: centre.y - HALF.y, right: centre.x + HALF.x, bottom: centre.y + HALF.y };
    this.add(moved(box, 0, 0));
    this.canvas.element(this.store.selected)?.focus();
  }

  /** A region around a recognised line, with the kind, name and label it looks like.
      *at* says where across the page it was pointed at; keys do not. One after the
      other: each guess knows the names before it. */
  take(index, at = null) {
    if (this.mayNot || this.taking.has(index)) return;
    const { page } = this.canvas;
    const number = this.store.place;
    this.taking.add(index);
    this.turnOf = this.turnOf.then(async () => {
      const answer = await this.askGuess(page, { line: index, at });
      this.taking.delete(index);
      const found = answer.region ?? { box: boxOf(page, index) };
      this.add(found.box, { ...found, name: found.name || this.words.field, page: number });
      if (at !== null) this.canvas.element(this.store.selected)?.focus();
      if (answer.error) this.say(answer.error);
    });
  }

  /** Regions for all that looks like a known field, in one step. */
  async suggest() {
    if (this.mayNot) return;
    const { document, number, template, place } = this.canvas.page;
    const at = this.store.place;
    const taken = this.store.now.regions.map(({ name }) => name);
    const { regions = [], error } = await ask(this.config.urls.suggest, { document, page: number, template, place, taken }, this.words);
    if (error) return this.say(error, true);
    const here = this.store.now.regions.filter((one) => this.canvas.isHere(one));
    const fresh = regions.filter(({ box }) => !here.some((one) => overlaps(one.box, box)));
    if (!fresh.length) return this.say(this.words.noSuggestion);
    const next = fresh.reduce((definition, parts) => added(definition, region({ ...parts, page: at, name: freeName(definition, parts.name) })), this.store.now);
    this.store.change(next);
    return this.say(fill(this.words.suggested, { n: fresh.length }));
  }

  askGuess({ document, number, template, place }, wish) {
    const taken = this.store.now.regions.map(({ name }) => name);
    return ask(this.config.urls.guess, { document, page: number, template, place, taken, ...wish }, this.words);
  }

  /** What was drawn by hand may stand beside a label too. */
  async guess(one) {
    const answer = await this.askGuess(this.canvas.page, { box: one.box });
    const now = find(this.store.now, one.key);
    if (answer.error || !now) return;
    const { name, kind, anchor } = answer.region;
    const free = name ? freeName(removed(this.store.now, one.key), name) : one.name;
    // What the user has changed meanwhile stays: whoever has gone on knows better.
    const guessed = Object.entries({ name: free, kind, anchor }).filter(([part]) => now[part] === one[part]);
    this.store.amend(changed(this.store.now, one.key, Object.fromEntries(guessed)));
  }

  duplicate() {
    const one = this.store.region;
    if (!one || this.mayNot) return;
    const { key, name, box, ...rest } = one;
    this.add(moved(box, 0, box.bottom - box.top), { ...rest, name: name || this.words.field });
    this.canvas.element(this.store.selected)?.focus();
  }

  /* Changing */

  set(key, parts, tag = "") { if (!this.mayNot) this.store.change(changed(this.store.now, key, parts), tag); }
  change(key, box, tag = "") { this.set(key, { box }, tag); }

  /** For those who move it without seeing it. */
  tellPlace(key) {
    const { name, box } = find(this.store.now, key);
    const percent = (value) => Math.round(value * 1000) / 10;
    const { left, top, right, bottom } = box;
    this.say(fill(this.words.stands, { name, left: percent(left), top: percent(top), width: percent(right - left), height: percent(bottom - top) }));
  }

  /** Tie a region to the label beside it, or free it. */
  async tie(key, isTied) {
    if (!isTied) return this.set(key, { anchor: null });
    const answer = await this.askGuess(this.canvas.page, { box: find(this.store.now, key).box });
    if (answer.region?.anchor) return this.set(key, { anchor: answer.region.anchor });
    this.store.tell("change"); // the tick goes out again
    return this.say(answer.error ?? this.words.noLabel, true);
  }

  /* Removing */

  remove() { this.removeOne(this.store.region); }
  removeLast() { this.removeOne(this.store.now.regions.at(-1)); }

  removeOne(one) {
    if (!one || this.mayNot) return;
    const hadFocus = this.canvas.element(one.key)?.contains(document.activeElement) || document.getElementById("form").contains(document.activeElement);
    this.store.change(removed(this.store.now, one.key));
    if (one.key === this.store.selected) this.store.select(null);
    if (hadFocus) this.sheet.stage.focus({ preventScroll: true });
    this.say(fill(this.words.removed, { name: one.name || this.words.unnamed }));
  }

  /* Going back and forth */

  undo() { this.say(this.store.undo() ? this.words.undone : this.words.nothingToUndo); }
  redo() { this.say(this.store.redo() ? this.words.redone : this.words.nothingToRedo); }

  /* Looking */

  select(key) {
    this.store.select(key);
    const one = this.store.region;
    if (one && !this.canvas.isHere(one)) this.store.show(one.page === LAST ? this.config.pages.length : one.page);
  }
}
