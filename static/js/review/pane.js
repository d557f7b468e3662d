/* The page beside the values: the region of the current one is lit, and its edges move. */

import { closeUp, resized, withAllMoved, withEdgeMoved } from "./box.js";

const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 700; // ms without a key, after which a moved box is read

export class Pane {
  /** *onBox(card, corners)* is told of a box that was let go somewhere else. */
  constructor(pane, onBox) {
    this.pane = pane;
    this.onBox = onBox;
    this.svg = pane.querySelector(".picture");
    this.image = pane.querySelector("image");
    this.outline = pane.querySelector("polygon");
    this.dim = pane.querySelector(".dim");
    this.veil = pane.querySelector(".veil");
    this.whole = false;
    // Who may only look has no buttons for the box, and no edges to drag.
    const mayMove = pane.querySelector("[data-box=grow]");
    this.edges = mayMove ? [0, 1, 2, 3].map((index) => this.madeEdge(index)) : [];
    pane.querySelector(".edges").append(...this.edges);
    pane.addEventListener("click", ({ target }) => this.press(target.closest("[data-box]")?.dataset.box));
    new ResizeObserver(() => this.frame()).observe(this.svg);
  }

  show(card) {
    this.settleNow();
    this.card = card;
    const { image, width, height, polygon, number } = card.dataset;
    this.size = { width: Number(width), height: Number(height) };
    this.corners = polygon && image ? JSON.parse(polygon) : null;
    this.veil.hidden = Boolean(image);
    this.svg.style.visibility = image ? "visible" : "hidden";
    if (image && this.image.getAttribute("href") !== image) this.image.setAttribute("href", image);
    this.image.setAttribute("width", width ?? 0);
    this.image.setAttribute("height", height ?? 0);
    const place = this.pane.querySelector("#place");
    if (place) place.textContent = card.closest("[data-record]").querySelector(".facts a bdi").textContent + " · " + number;
    this.draw();
    this.frame();
  }

  draw() {
    const { corners, size } = this;
    const points = corners?.map((corner) => corner.join(",")) ?? [];
    this.outline.setAttribute("points", points.join(" "));
    const page = `M0 0H${size.width}V${size.height}H0Z`;
    this.dim.setAttribute("d", corners ? `${page}M${points.join("L")}Z` : "");
    this.edges.forEach((edge, index) => {
      const [[x1, y1], [x2, y2]] = corners ? [corners[index], corners[(index + 1) % 4]] : [[0, 0], [0, 0]];
      for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) edge.setAttribute(name, value);
      edge.classList.toggle("upright", Math.abs(y2 - y1) > Math.abs(x2 - x1));
    });
  }

  /** Show the box close up, or the whole page. */
  frame() {
    if (!this.size?.width) return;
    const { clientWidth, clientHeight } = this.svg.parentElement;
    const whole = this.whole || !this.corners;
    const part = whole
      ? [0, 0, this.size.width, this.size.height]
      : closeUp(this.corners, this.size, { width: clientWidth, height: clientHeight });
    this.svg.setAttribute("viewBox", part.join(" "));
  }

  press(name) {
    const [width, height] = [this.size.width * 0.02, this.size.height * 0.006];
    if (name === "grow") this.change(resized(this.corners, width, height, this.size));
    if (name === "shrink") this.change(resized(this.corners, -width, -height, this.size));
    if (name === "whole") {
      this.whole = !this.whole;
      this.pane.querySelector("[data-box=whole]").setAttribute("aria-pressed", this.whole);
      this.frame();
    }
  }

  /** Arrow keys: move the box, or with *larger* carry its lower right corner. */
  nudge(key, larger) {
    if (!this.corners) return;
    const step = this.size.width / 250;
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key];
    const act = larger ? resized : withAllMoved;
    this.change(act(this.corners, dx, dy, this.size));
  }

  /** A new box; read when it has stood still for a moment. */
  change(corners) {
    if (!this.corners || !this.edges.length) return;
    this.corners = corners;
    this.draw();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.settleNow(), PAUSE);
  }

  settleNow() {
    clearTimeout(this.pause);
    if (!this.card || !this.corners) return;
    const before = this.card.dataset.polygon, now = JSON.stringify(this.corners);
    if (now === JSON.stringify(JSON.parse(before))) return;
    this.card.dataset.polygon = now;
    this.onBox(this.card, this.corners, before);
  }

  madeEdge(index) {
    const edge = document.createElementNS(SVG, "line");
    // A finger on an edge scrolls nothing: browsers heed touch-action on a whole SVG only.
    edge.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    edge.addEventListener("pointerdown", (event) => this.drag(event, edge, index));
    return edge;
  }

  drag(event, edge, index) {
    if (event.button !== 0) return;
    event.preventDefault();
    clearTimeout(this.pause);
    edge.setPointerCapture(event.pointerId);
    const from = this.corners, start = this.place(event);
    const move = (now) => {
      const [x, y] = this.place(now);
      this.corners = withEdgeMoved(from, index, x - start[0], y - start[1], this.size);
      this.draw();
    };
    const drop = (last) => {
      edge.removeEventListener("pointermove", move);
      if (last.type === "pointercancel") this.corners = from;
      this.draw();
      this.settleNow();
    };
    edge.addEventListener("pointermove", move);
    edge.addEventListener("pointerup", drop, { once: true });
    edge.addEventListener("pointercancel", drop, { once: true });
  }

  /** Where the pointer is, in pixels of the page. */
  place({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [x, y];
  }
}
