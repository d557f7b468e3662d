/* What each region says right now: asked of a worker, for regions that changed, never waited for. */

import { LAST, plain } from "./regions.js";
import { ask } from "./wire.js";

const PAUSE = 400; // ms after the last change: less asks in the middle of a move
const LATER = 15_000; // ms until a worker that was busy is asked again
const AT_ONCE = 8; // regions in a question: the first answers come early
const KEPT = 500; // answers, so that undo shows them at once

const nameOf = (place) => `region ${place + 1}`;
const numberOf = (name) => Number(name.slice("region ".length)) - 1;

export class Values {
  /** *show*(values by key, keys being read, sentence) draws them. */
  constructor(config, store, canvas, show) {
    Object.assign(this, { config, store, canvas, show, known: new Map(), isAsking: false, timer: 0, refused: "", isCareful: false });
  }

  /** Whatever has changed: show what is known, ask for the rest after a pause. */
  refresh(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askNow(), pause);
    this.tell();
  }

  /** What the value of a region depends on. */
  sign(one) {
    const { date_order, decimal, languages } = this.store.now;
    const { key, name, field, order, anchor, page, ...parts } = one;
    const number = this.config.pages.at(page === LAST ? LAST : page - 1)?.number;
    return JSON.stringify([parts, number, date_order, decimal, languages]);
  }

  get here() { return this.store.now.regions.filter((one) => this.canvas.isHere(one)); }
  get missing() { return this.here.filter((one) => !this.known.has(this.sign(one))); }

  tell() {
    const isGone = this.here.length && this.canvas.page && !this.canvas.page.document;
    const sentence = isGone ? this.config.words.gone : this.refused;
    const values = new Map(this.store.now.regions.map((one) => [one.key, this.known.get(this.sign(one))]));
    const waiting = this.isAsking || this.timer ? this.missing.map((one) => one.key) : [];
    this.show(values, new Set(sentence ? [] : waiting), sentence);
  }

  async askNow() {
    this.timer = 0;
    const { page } = this.canvas;
    const regions = this.missing.slice(0, this.isCareful ? 1 : AT_ONCE);
    if (this.isAsking || !regions.length || !page?.document || !page.picture) return this.tell();
    this.isAsking = true;
    this.refused = "";
    this.tell();
    const signs = regions.map((one) => this.sign(one));
    const answer = await ask(this.config.urls.values, this.question(page, regions), this.config.words);
    this.isAsking = false;
    this.take(answer, signs);
    this.tell();
    if (this.missing.length) this.refresh(answer.error && !this.isCareful ? LATER : 0);
    else this.isCareful = false;
    return undefined;
  }

  /** The page is the only one of its layout here, and names need not be right yet. */
  question({ document, number }, regions) {
    const { name: _name, ...now } = plain({ ...this.store.now, regions });
    const nameless = now.regions.map((one, place) => ({ ...one, name: nameOf(place), page: 1, anchor: null, field: "" }));
    return { document, page: number, definition: { ...now, rules: [], constants: {}, regions: nameless } };
  }

  /** A refusal of several is asked for one by one: then it stands where it belongs. */
  take({ fields = [], error = "", retry = true }, signs) {
    const isBlamed = error && !retry;
    if (error && retry) this.refused = error;
    else if (isBlamed && signs.length > 1) this.isCareful = true;
    else for (const sign of signs) this.known.set(sign, isBlamed ? { level: "lo", reason: error } : {});
    for (const field of fields) this.known.set(signs[numberOf(field.name)], field);
    while (this.known.size > KEPT) this.known.delete(this.known.keys().next().value);
  }
}
