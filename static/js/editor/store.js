/* What is drawn, with all that it was before; what is selected; who wants to know. */

import { find } from "./regions.js";

export class Store extends EventTarget {
  /** *first* is a definition, {name, regions, …}; it and all later ones never change. */
  constructor(first) {
    super();
    this.states = [first];
    this.at = 0;
    this.saved = first;
    this.tag = "";
    this.selected = null;
    this.place = 1; // which page of the layout is shown
  }

  get now() { return this.states[this.at]; }
  get region() { return find(this.now, this.selected); }
  get isDirty() { return this.now !== this.saved; }
  get canUndo() { return this.at > 0; }
  get canRedo() { return this.at < this.states.length - 1; }

  /** Acts in a row with the same *tag* (typing a name, nudging a box) are one step back. */
  change(next, tag = "") {
    if (next === this.now) return;
    const joins = tag && tag === this.tag && this.now !== this.saved && !this.canRedo;
    this.states = [...this.states.slice(0, this.at + (joins ? 0 : 1)), next];
    this.at = this.states.length - 1;
    this.tag = tag;
    this.tell("change");
  }

  /** Something learnt later about the last act: no step of its own. */
  amend(next) {
    this.states = this.states.with(this.at, next);
    this.tell("change");
  }

  undo() { return this.go(this.at - 1); }
  redo() { return this.go(this.at + 1); }

  go(at) {
    if (!(at in this.states)) return false;
    this.at = at;
    this.tag = "";
    if (!this.region) this.selected = null;
    this.tell("change");
    return true;
  }

  select(key) {
    if (key === this.selected) return;
    this.selected = key;
    this.tag = "";
    this.tell("select");
  }

  show(place) {
    this.place = place;
    this.tell("place");
  }

  markSaved(state) {
    this.saved = state;
    this.tag = "";
    this.tell("change");
  }

  tell(what) { this.dispatchEvent(new Event(what)); }
}
