/* Everything without a mouse: keys on the page, arrows on regions and lines, space to pan. */

import { isPlainKey } from "../keys.js";
import { moved, resized } from "./regions.js";

const SMALL = 0.001, LARGE = 0.01; // of the page
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const isTyping = ({ target }) => target.closest("textarea, input:not([type=checkbox])");

export class Keyboard {
  constructor({ sheet, canvas, pointer, store, acts }) {
    Object.assign(this, { sheet, canvas, pointer, store, acts });
    this.plain = {
      a: acts.addHere, n: acts.removeLast, Delete: acts.remove, Backspace: acts.remove,
      "+": () => sheet.in(), "=": () => sheet.in(), "-": () => sheet.out(), 0: () => sheet.fit(),
      l: () => this.goToLine(0), F2: acts.rename, s: acts.suggest,
      "[": () => acts.turn(-1), "]": () => acts.turn(1),
    };
    this.withControl = { z: acts.undo, y: acts.redo, d: acts.duplicate, s: acts.save };
    addEventListener("keydown", (event) => this.down(event));
    addEventListener("keyup", ({ key }) => { if (key === " ") this.pan(false); });
    addEventListener("blur", () => this.pan(false));
  }

  down(event) {
    if (document.querySelector("dialog[open]")) return;
    const act = event.key === "Escape" ? () => this.leave(event) : this.onLine(event) ?? this.onRegion(event) ?? this.anywhere(event);
    if (act && act(event) !== false) event.preventDefault();
  }

  anywhere(event) {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (control && key === "s") return this.acts.save;
    if (control && !isTyping(event)) return key === "z" && event.shiftKey ? this.acts.redo : this.withControl[key];
    if (event.key === " " && event.target.closest(".stage, body") && !event.target.closest("button, a, summary, input, select, textarea")) return () => this.pan(true);
    return isPlainKey(event) ? this.plain[key] : undefined;
  }

  /** Esc gives up what is half drawn, else leaves a field, else what is selected. */
  leave(event) {
    if (this.pointer.cancel()) return true;
    if (document.querySelector("details.menu[open]")) return false;
    const isField = event.target.closest("input, select, textarea");
    if (isField) this.canvas.element(this.store.selected)?.focus();
    else this.acts.select(null);
    if (!isField) this.sheet.stage.focus({ preventScroll: true });
    return true;
  }

  pan(value) {
    this.pointer.isPanning = value;
    this.sheet.stage.classList.toggle("panning", value);
  }

  /* Lines: up and down through them, Enter makes a region of one */

  onLine(event) {
    const line = event.target.closest?.("[data-line]");
    if (!line || event.ctrlKey || event.metaKey) return undefined;
    const place = [...this.canvas.lines.children].indexOf(line);
    const last = this.canvas.lines.children.length - 1;
    const to = { ArrowDown: place + 1, ArrowRight: place + 1, ArrowUp: place - 1, ArrowLeft: place - 1, Home: 0, End: last }[event.key];
    if (to !== undefined) return () => this.goToLine(to);
    if (event.key === "Enter" || event.key === " ") return () => this.acts.take(Number(line.dataset.line));
    return undefined;
  }

  goToLine(place) {
    const lines = [...this.canvas.lines.children];
    const line = lines[Math.max(0, Math.min(place, lines.length - 1))];
    if (!line) return;
    for (const one of lines) one.setAttribute("tabindex", one === line ? 0 : -1);
    line.focus();
    line.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /* Regions: arrows move, with Shift they pull; Ctrl takes larger steps */

  onRegion(event) {
    const key = event.target.closest?.(".region")?.dataset.key;
    if (!key || event.altKey) return undefined;
    if (event.key === "Enter") return this.acts.rename;
    const way = WAYS[event.key];
    if (!way) return undefined;
    const step = event.ctrlKey || event.metaKey ? LARGE : SMALL;
    return () => this.nudge(key, way[0] * step, way[1] * step, event.shiftKey);
  }

  nudge(key, dx, dy, isPull) {
    const { box } = this.store.region;
    this.acts.change(key, isPull ? resized(box, "se", dx, dy) : moved(box, dx, dy), `${isPull ? "pull" : "nudge"} ${key}`);
    this.acts.tellPlace(key);
  }
}
