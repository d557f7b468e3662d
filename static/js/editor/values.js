/* What each region says right now: asked of a worker, for regions that changed, never waited for. */

import { plain } from "./regions.js";
import { ask } from "./wire.js";

const PAUSE = 400; // ms after the last change: less asks in the middle of a move
const KEPT = 500; // answers, so that undo shows them at once

export class Values {
  /** *show*(values by key, keys being read, sentence) draws them. */
  constructor(config, store, canvas, show) {
    Object.assign(this, { config, store, canvas, show, known: new Map(), isAsking: false, timer: 0, refused: "" });
  }

  /** Whatever has changed: show what is known, ask for the rest after a pause. */
  refresh() {
    this.tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askNow(), PAUSE);
  }

  /** What the value of a region depends on. */
  sign(one) {
    const { date_order, decimal, languages } = this.store.now;
    const { key, name, field, order, anchor, page, ...parts } = one;
    return JSON.stringify([parts, page, this.canvas.page?.number, date_order, decimal, languages]);
  }

  get here() { return this.store.now.regions.filter((one) => this.canvas.isHere(one)); }
  get missing() { return this.here.filter((one) => !this.known.has(this.sign(one))); }

  tell(sentence = this.refused) {
    const values = new Map(this.store.now.regions.map((one) => [one.key, this.known.get(this.sign(one))]));
    const waiting = this.isAsking || this.timer ? this.missing.map((one) => one.key) : [];
    this.show(values, new Set(sentence ? [] : waiting), sentence);
  }

  async askNow() {
    this.timer = 0;
    const { page } = this.canvas;
    const regions = this.missing;
    if (this.isAsking || !regions.length || !page?.document || !page.picture) return this.tell();
    this.isAsking = true;
    this.refused = "";
    this.tell();
    const signs = new Map(regions.map((one, place) => [`region ${place + 1}`, this.sign(one)]));
    const answer = await ask(this.config.urls.values, this.question(page, regions), this.config.words);
    this.isAsking = false;
    this.take(answer, signs);
    // What changed meanwhile is asked for next; a refusal waits for another change.
    if (!this.refused && this.missing.length) this.refresh();
    else this.tell();
    return undefined;
  }

  /** The page is the only one of its layout here, and names need not be right yet. */
  question({ document, number }, regions) {
    const now = plain({ ...this.store.now, regions });
    const nameless = now.regions.map((one, place) => ({ ...one, name: `region ${place + 1}`, page: 1, anchor: null, field: "" }));
    return { document, page: number, definition: { ...now, rules: [], constants: {}, regions: nameless } };
  }

  take({ fields = [], error = "" }, signs) {
    this.refused = error;
    for (const field of fields) this.known.set(signs.get(field.name), field);
    if (!error) for (const sign of signs.values()) if (!this.known.has(sign)) this.known.set(sign, { value: "", raw: "" });
    while (this.known.size > KEPT) this.known.delete(this.known.keys().next().value);
  }
}
