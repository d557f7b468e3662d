/* Mouse, touch and pen on the picture: draw, select, move, pull, pan, pinch. */

import { between, isTooSmall, moved, resized } from "./regions.js";

const SLIP = 4; // pixels: less is a click

export class Pointer {
  /** *acts*: add(box), take(line), change(key, box), select(key or null). */
  constructor(sheet, canvas, store, acts) {
    Object.assign(this, { sheet, canvas, store, acts, fingers: new Map(), gesture: null, isPanning: false });
    const { stage } = sheet;
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.up(event));
    stage.addEventListener("pointercancel", (event) => this.lose(event));
  }

  get isBusy() { return Boolean(this.gesture); }

  /** A place of the window in fractions of the page. */
  at({ clientX, clientY }) {
    const frame = this.canvas.svg.getBoundingClientRect();
    return { x: (clientX - frame.x) / frame.width, y: (clientY - frame.y) / frame.height };
  }

  down(event) {
    const { stage } = this.sheet;
    if (event.pointerType === "mouse" && event.button > 1) return;
    this.fingers.set(event.pointerId, event);
    if (this.fingers.size === 2) return this.beginPinch();
    if (this.fingers.size > 2) return;
    stage.setPointerCapture(event.pointerId);
    if (this.isPanning || event.button === 1) this.gesture = this.pan(event);
    else if (this.canvas.svg.hasAttribute("data-fixed")) this.gesture = this.look(event);
    else this.gesture = this.pull(event) ?? this.carry(event) ?? this.draw(event);
    if (event.button === 1) event.preventDefault();
    stage.classList.toggle("grabbed", this.gesture.kind === "pan");
  }

  move(event) {
    if (!this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, event);
    if (this.gesture?.kind === "pinch") return this.pinch();
    if (!this.gesture || !this.hasMoved(event)) return;
    this.gesture.move(event);
  }

  /** A hand that trembles draws nothing. */
  hasMoved({ clientX, clientY }) {
    const { start } = this.gesture;
    this.gesture.moved ||= Math.hypot(clientX - start.clientX, clientY - start.clientY) >= SLIP;
    return this.gesture.moved;
  }

  up(event) {
    const { gesture } = this;
    if (!this.fingers.delete(event.pointerId) || !gesture) return;
    if (gesture.kind === "pinch" && this.fingers.size) return;
    this.end();
    if (gesture.kind === "pinch") return;
    if (gesture.moved) gesture.drop(event);
    else gesture.click?.(event);
  }

  lose(event) {
    this.fingers.delete(event.pointerId);
    this.cancel();
  }

  cancel() {
    if (!this.gesture) return false;
    this.end();
    return true;
  }

  end() {
    this.gesture = null;
    this.sheet.stage.classList.remove("grabbed");
    this.canvas.endPreview();
  }

  /* The gestures: {kind, start, move, drop, click} */

  pull(start) {
    const handle = start.target.closest("[data-handle]")?.dataset.handle;
    const one = this.store.region;
    if (!handle || !one) return null;
    return { ...this.change(start, one, (dx, dy) => resized(one.box, handle, dx, dy)), click: (event) => this.clickBelow(event) };
  }

  /** A handle is to be pulled: whoever taps on it means what it covers. */
  clickBelow({ clientX, clientY }) {
    const below = document.elementsFromPoint(clientX, clientY).find((one) => one.closest("[data-line], [data-key]"));
    const { line, key } = below?.closest("[data-line], [data-key]").dataset ?? {};
    if (line) this.acts.take(Number(line), this.at({ clientX, clientY }).x);
    if (key) this.acts.select(key);
  }

  carry(start) {
    const key = start.target.closest("[data-key]")?.dataset.key;
    if (!key) return null;
    this.acts.select(key);
    const one = this.store.region;
    return this.change(start, one, (dx, dy) => moved(one.box, dx, dy));
  }

  change(start, { key }, box) {
    const from = this.at(start);
    const now = (event) => {
      const to = this.at(event);
      return box(to.x - from.x, to.y - from.y);
    };
    return {
      kind: "change", start,
      move: (event) => this.canvas.preview(key, now(event)),
      drop: (event) => this.acts.change(key, now(event)),
    };
  }

  draw(start) {
    const from = this.at(start);
    const line = start.target.closest("[data-line]");
    return {
      kind: "draw", start,
      move: (event) => this.canvas.preview(null, between(from, this.at(event))),
      drop: (event) => {
        const box = between(from, this.at(event));
        if (!isTooSmall(box)) this.acts.add(box);
      },
      click: () => (line ? this.acts.take(Number(line.dataset.line), from.x) : this.acts.select(null)),
    };
  }

  look(start) {
    const key = start.target.closest("[data-key]")?.dataset.key ?? null;
    return { ...this.pan(start), click: () => this.acts.select(key) };
  }

  pan(start) {
    const { stage } = this.sheet;
    const { scrollLeft, scrollTop } = stage;
    const move = ({ clientX, clientY }) =>
      stage.scrollTo(scrollLeft + start.clientX - clientX, scrollTop + start.clientY - clientY);
    return { kind: "pan", start, move, drop: move };
  }

  /** Two fingers move and stretch the picture; what one of them began is given up. */
  beginPinch() {
    this.end();
    this.gesture = { kind: "pinch" };
    this.grip = this.measure();
  }

  measure() {
    const [one, other] = this.fingers.values();
    return {
      spread: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
      x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2,
    };
  }

  pinch() {
    if (this.fingers.size < 2) return;
    const { grip, sheet } = this;
    const now = (this.grip = this.measure());
    sheet.stage.scrollBy(grip.x - now.x, grip.y - now.y);
    sheet.setZoom((sheet.zoom * now.spread) / (grip.spread || 1), now.x, now.y);
  }
}
