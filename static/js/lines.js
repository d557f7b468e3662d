/* Lines put right in place: Enter saves and goes on, Escape leaves, Ctrl+Z takes back.
   One goes on at once; what was typed is sent behind, and kept until it is saved. */

import { Choices, offsetOf } from "./lines/choices.js";
import { followCaret, showCrop } from "./lines/crop.js";
import { Past } from "./lines/past.js";
import { Rows, textOf } from "./lines/rows.js";
import { Sitting } from "./lines/sitting.js";
import { ask, settled } from "./lines/wire.js";
import { reveal } from "./viewer.js";

const isOnPhone = () => matchMedia("(max-width: 860px)").matches;

export class Lines {
  /** *go* lights and focuses the line of a place; *left* is called when editing ends. */
  constructor(reader, { go, left }) {
    Object.assign(this, { reader, go, left });
    this.sitting = new Sitting(reader);
    this.words = this.sitting.words;
    this.rows = new Rows(reader, this.words);
    this.past = new Past(reader, this.words, (place, text) => this.save(place, textOf(this.rows.at(place)), text));
    this.form = reader.querySelector("#line-editor")?.content.firstElementChild; // none for who only looks
    this.open = null; // the line that is edited
    this.drafts = new Map(); // what was typed and is not saved: by the line's address
    this.isInDoubt = false; // Enter goes on to the next doubtful line
    this.trail = []; // the lines that were edited so, the last one last
    this.listen();
  }

  get isTyped() { return Boolean(this.open) && this.open.input.value !== this.open.input.defaultValue; }

  /* To and fro */

  /** Begin to edit a line. *draft* is what was typed there before, *at* where the caret goes. */
  edit(place, { draft, at } = {}) {
    const row = this.rows.at(place);
    if (!this.form || !row?.closest(".editable")) return; // things of a description are not
    if (this.open?.row === row) return this.open.input.focus();
    if (this.open) this.close();
    this.go(place);
    const box = this.form.cloneNode(true), text = row.querySelector(".t");
    const input = box.querySelector("input");
    input.defaultValue = textOf(row);
    input.setAttribute("aria-label", this.words.edit.replace("%n%", place + 1));
    row.style.minBlockSize = `${row.offsetHeight}px`; // what is below stays where it is
    row.classList.add("editing");
    text.after(box);
    this.open = { place, row, box, input, text: draft?.before ?? textOf(row), url: this.rows.url(place) };
    const known = draft ?? this.drafts.get(this.open.url);
    showCrop(box.querySelector(".crop"), this.rows.outline(place), this.reader.querySelector(".picture"));
    this.open.choices = new Choices(box.querySelector(".choices"), input, text, this.words);
    if (known) input.value = known.text;
    this.complain(known?.message);
    input.focus({ preventScroll: true });
    input.setSelectionRange(...(known ? [input.value.length, input.value.length] : caret(text, at)));
    this.bringIntoSight();
    this.follow();
  }

  /** End it; what was typed is gone unless it was taken before. */
  close({ focus = false } = {}) {
    const { row, box, fresh } = this.open;
    this.open = null;
    box.remove();
    row.classList.remove("editing");
    row.style.minBlockSize = "";
    if (fresh) this.rows.exchange(row, fresh);
    if (focus) this.go(Number(row.dataset.line));
  }

  /** Leave the line as it was; what was typed can be gone on with. */
  leave() {
    const { place, row, url, text, input } = this.open;
    if (this.isTyped) {
      this.drop = { place, url, draft: { text: input.value, before: text } };
      this.sitting.say("left", { n: place + 1 }, { resume: true });
    }
    this.drafts.delete(url);
    row.classList.remove("failed");
    this.close({ focus: true });
    this.left();
  }

  /** Save what was typed, if anything was, and end. */
  keep() {
    const { place, text, input } = this.open;
    const typed = this.isTyped || this.drafts.has(this.open.url) ? input.value.trim() : text;
    this.close();
    if (typed !== text) this.save(place, text, typed);
  }

  /** Save, and go on to the next line, or back. */
  keepAndGo(by) {
    const { place } = this.open;
    const next = this.next(place, by);
    this.keep();
    if (by > 0 && this.isInDoubt) this.trail.push(place);
    if (next !== undefined) return this.edit(next);
    this.go(place);
    this.left();
    if (this.isInDoubt) settled().then(() => this.open || this.tellEnd());
    this.isInDoubt = false;
  }

  next(place, by) {
    if (!this.isInDoubt) return this.rows.at(place + by) ? place + by : undefined;
    if (by < 0) return this.trail.pop() ?? (place > 0 ? place - 1 : undefined);
    const later = this.rows.doubtfulAfter(place);
    return later && Number(later);
  }

  /** One goes from doubtful line to doubtful line, or no longer. */
  walk(isInDoubt) {
    this.isInDoubt = isInDoubt;
    this.trail = [];
  }

  tellEnd() {
    this.sitting.say(this.rows.doubtfulAfter(-1) ? "end" : "none");
  }

  /* What is sent, and what comes back */

  async save(place, from, to) {
    const url = this.rows.url(place), former = this.rows.at(place);
    this.drafts.set(url, { text: to, before: from });
    this.rows.exchange(former, this.rows.saving(former, to));
    try {
      const now = this.merge(url, await ask(url, this.words, { text: to, before: from }));
      this.drafts.delete(url);
      if (now !== from) this.sitting.add({ url, place, from, to: now });
      this.sitting.say("saved", { n: place + 1 });
    } catch (refusal) {
      await this.refused(refusal, { url, place, from, to, former });
    }
  }

  /** The line is as before; what was typed stays, in its input unless another one is
      being typed in. */
  async refused(refusal, { url, place, from, to, former }) {
    if (refusal.status === undefined) throw refusal;
    let { message } = refusal, before = from;
    const row = this.rows.of(url);
    if (row === this.open?.row) this.open.fresh = former;
    else if (row) this.rows.exchange(row, former);
    if (refusal.status === 409) {
      const fresh = await ask(url, this.words).catch(() => null);
      if (fresh) before = this.merge(url, fresh);
      if (fresh) message += ` ${this.words.now.replace("%text%", () => `\u2068${before}\u2069`)}`;
    }
    this.tell(message, { place, url, draft: { text: to, before, message } });
  }

  tell(message, drop) {
    const { place, url, draft } = drop, row = this.rows.of(url);
    this.drafts.set(url, draft);
    this.drop = drop;
    row?.classList.add("failed");
    const isFree = row && !this.isTyped && !document.querySelector("dialog[open]");
    this.sitting.say("refused", { n: place + 1, why: message }, { resume: !isFree });
    if (row && row === this.open?.row) this.complain(message);
    else if (isFree) this.edit(place, { draft });
  }

  /** Go on with what was typed and is not saved. */
  resume() {
    const { place, url, draft } = this.drop ?? {};
    if (!draft || !this.rows.of(url)) return;
    if (this.open) this.keep();
    this.sitting.button("resume").hidden = true;
    this.edit(place, { draft });
  }

  /** The last step back, or forth again; whether there was one. */
  async step(isBack) {
    const { done, undone } = this.sitting;
    const [source, target] = isBack ? [done, undone] : [undone, done];
    const last = source.pop();
    if (!last) return;
    const { url, place, from, to } = last;
    if (this.open) this.close();
    try {
      const now = this.merge(url, await ask(url, this.words, { text: from, before: to }));
      target.push({ url, place, from: to, to: now });
      const isHere = Boolean(this.rows.of(url)), page = url.match(/pages\/(\d+)/)[1];
      this.sitting.say(isBack ? (isHere ? "back" : "backThere") : "saved", { n: place + 1, page });
      if (isHere) this.go(place);
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal;
      if (refusal.status !== 409) source.push(last);
      this.sitting.say("refused", { n: place + 1, why: refusal.message });
    }
  }

  /** The line as the server has it, and what depends on it, onto the page; what it says. */
  merge(url, fresh) {
    const row = fresh.querySelector("li"), old = this.rows.of(url), now = textOf(row);
    if (!old) return now;
    this.rows.showAround(fresh);
    if (this.open?.row === old) Object.assign(this.open, { fresh: row, text: now });
    else this.rows.exchange(old, row);
    return now;
  }

  /* How it looks */

  /** The page was exchanged, and the line with it. */
  forget() {
    if (!this.open?.row.isConnected) this.open = null;
  }

  complain(words = "") {
    const error = this.open.box.querySelector(".error");
    error.textContent = words;
    error.hidden = !words;
    this.open.input.setAttribute("aria-invalid", Boolean(words));
  }

  follow() { followCaret(this.open.box.querySelector(".crop"), this.open.input); }

  bringIntoSight() {
    const { row, box } = this.open;
    const pane = row.closest(".pane"), under = box.querySelector(".under");
    if (isOnPhone()) return under.scrollIntoView({ block: "nearest", behavior: "instant" });
    reveal(pane, row);
    const below = under.getBoundingClientRect().bottom - pane.getBoundingClientRect().bottom;
    if (below > 0) pane.scrollBy({ top: below, behavior: "instant" });
  }

  /* Keys, clicks, leaving */

  listen() {
    const acts = {
      edit: (row) => this.edit(Number(row.dataset.line)),
      history: (row) => this.showPast(Number(row.dataset.line)),
      save: () => this.keepAndGo(1),
      leave: () => this.leave(),
      undo: () => this.step(true),
      redo: () => this.step(false),
      resume: () => this.resume(),
    };
    this.reader.addEventListener("click", ({ target }) => acts[target.closest("[data-act]")?.dataset.act]?.(target.closest("li")));
    this.reader.addEventListener("dblclick", (event) => this.doubleClicked(event));
    this.reader.addEventListener("keydown", (event) => {
      if (this.open?.row.contains(event.target) && this.keyed(event)) event.preventDefault();
    });
    // A press on a button leaves the caret, and the keyboard of a phone, where they are.
    this.reader.addEventListener("pointerdown", (event) => {
      if (event.target.closest(".under")) event.preventDefault();
    });
    this.reader.addEventListener("mousedown", (event) => {
      if (event.target.closest(".under")) event.preventDefault();
    });
    document.addEventListener("selectionchange", () => {
      if (this.open?.input === document.activeElement) this.follow();
    });
    document.addEventListener("focusin", ({ target }) => {
      if (!this.open || this.open.row.contains(target) || target.closest(".sheet, #sitting, dialog")) return;
      this.keep();
      this.left();
    });
    visualViewport.addEventListener("resize", () => this.open && this.bringIntoSight()); // a phone's keyboard came up
    document.addEventListener("htmx:confirm", (event) => this.holdBack(event));
    addEventListener("beforeunload", (event) => {
      if (this.isTyped || this.drafts.size) event.preventDefault();
    });
  }

  /** Do what the key says in the editor; whether it said anything. */
  keyed({ key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing, target }) {
    if (isComposing || ctrlKey || metaKey) return false;
    if (key === "Escape") return this.leave(), true;
    if (target !== this.open.input) return false;
    if (altKey) return /^Digit[1-9]$/.test(code) && (this.open.choices.take(Number(code.at(-1)) - 1), true);
    if (key === "Enter") return this.keepAndGo(shiftKey ? -1 : 1), true;
    if (key === "ArrowDown" || key === "ArrowUp") return this.keepAndGo(key === "ArrowUp" ? -1 : 1), true;
    return false;
  }

  doubleClicked({ target, clientX, clientY }) {
    const row = target.closest("#lines li, polygon[data-line]");
    if (!row || target.closest("button, .editor")) return;
    this.walk(false);
    const text = target.closest(".t"), point = document.caretPositionFromPoint?.(clientX, clientY);
    const isThere = text && point && text.contains(point.offsetNode);
    this.edit(Number(row.dataset.line), { at: isThere ? offsetOf(text, point.offsetNode, point.offset) : undefined });
  }

  showPast(place) {
    if (!this.rows.at(place)?.querySelector(".sign")) return;
    this.past.open(place, this.rows.url(place)).catch((refusal) => this.sitting.say(refusal.message));
  }

  /** The page is exchanged only once all that was typed on it is saved. */
  async holdBack(event) {
    if (event.detail.target?.id !== "page" || !(this.isTyped || this.drafts.size)) return;
    event.preventDefault();
    if (this.open) this.keep();
    await settled();
    if (!this.drafts.size) event.detail.issueRequest(true);
  }
}

/** Where typing begins: at *at*, else over the first word that is marked, else at the end. */
function caret(text, at) {
  const { length } = text.textContent, mark = text.querySelector("mark");
  if (at !== undefined) return [at, at];
  if (!mark || mark.textContent.length === length) return [length, length];
  const start = offsetOf(text, mark);
  return [start, start + mark.textContent.length];
}
