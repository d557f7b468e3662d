/* The drawing: regions, recognised lines and ties over the picture of a page. */

import { LAST } from "./regions.js";
import { fill } from "./wire.js";

const SVG = "http://www.w3.org/2000/svg";
const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
const LONGEST = 42; // letters of a tag on the picture

export class Canvas {
  constructor(svg, store, words) {
    Object.assign(this, { svg, store, words, shapes: new Map(), values: new Map(), wrong: new Map() });
    const layer = (name) => svg.querySelector(`#${name}`);
    Object.assign(this, { image: svg.querySelector("image"), lines: layer("lines"), ties: layer("ties"), layer: layer("regions"), handles: layer("handles"), draft: layer("draft") });
    this.handles.append(...HANDLES.map((name) => made("rect", { "data-handle": name, class: `handle ${name}` })));
    new ResizeObserver(() => this.draw()).observe(svg);
  }

  /** How many units of the page one pixel of the screen is. */
  get unit() { return this.page ? this.page.width / (this.svg.getBoundingClientRect().width || 1) : 1; }

  show(page, isLast) {
    this.page = page;
    this.isLast = isLast;
    this.svg.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
    set(this.image, { width: page.width, height: page.height });
    if (page.picture) this.image.setAttribute("href", page.picture);
    else this.image.removeAttribute("href");
    this.drawLines(page.lines ?? []);
    this.draw();
  }

  drawLines(lines) {
    this.lines.replaceChildren(...lines.map((line, place) => made("polygon", {
      points: line.polygon.map((point) => point.join()).join(" "),
      "data-line": line.index, class: "line", role: "button", tabindex: place ? -1 : 0,
      "aria-label": fill(this.words.line, { text: line.text }),
    })));
  }

  isHere({ page }) { return page === this.store.place || (page === LAST && this.isLast); }
  element(key) { return this.shapes.get(key)?.group; }

  draw() {
    if (!this.page) return;
    const here = this.store.now.regions.filter((one) => this.isHere(one));
    for (const [key, { group }] of this.shapes) {
      if (here.some((one) => one.key === key)) continue;
      group.remove();
      this.shapes.delete(key);
    }
    here.forEach((one, place) => {
      const shape = this.shapes.get(one.key) ?? this.makeShape(one.key);
      if (this.layer.children[place] !== shape.group) this.layer.insertBefore(shape.group, this.layer.children[place] ?? null);
      this.drawRegion(one, shape);
    });
    this.ties.replaceChildren(...here.filter((one) => one.anchor).flatMap((one) => this.tie(one)));
    this.drawHandles();
  }

  makeShape(key) {
    const group = made("g", { class: "region", role: "button", tabindex: 0, "data-key": key });
    const shape = { group, box: made("rect", { class: "box" }), back: made("rect", { class: "back" }), tag: made("text", { class: "tag-text" }) };
    group.append(shape.box, shape.back, shape.tag);
    this.layer.append(group);
    this.shapes.set(key, shape);
    return shape;
  }

  drawRegion(one, shape) {
    const value = this.values.get(one.key);
    const said = value?.value || value?.raw || "";
    const isOn = one.key === this.store.selected;
    const level = this.wrong.has(one.key) ? "wrong" : value?.level ?? "";
    shape.group.setAttribute("class", `region ${level} ${isOn ? "on" : ""}`);
    set(shape.group, { "aria-pressed": isOn, "aria-label": [one.name || this.words.unnamed, this.words.kinds[one.kind], said].filter(Boolean).join(", ") });
    this.place(shape.box, one.box);
    this.placeTag(one, shape, said);
  }

  place(rect, { left, top, right, bottom }) {
    const { width, height } = this.page;
    set(rect, { x: left * width, y: top * height, width: (right - left) * width, height: (bottom - top) * height });
  }

  /** The name and what is read there, above the box; below it at the page's head. */
  placeTag({ name, box }, { tag, back }, said) {
    const { unit, page } = this;
    const words = [name || this.words.unnamed, said].filter(Boolean).join(" · ");
    const shown = words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
    if (tag.textContent !== shown) tag.textContent = shown;
    tag.style.fontSize = `${11 * unit}px`;
    const wide = tag.getComputedTextLength() + 8 * unit;
    const isAbove = box.top * page.height > 16 * unit;
    const y = isAbove ? box.top * page.height - 15 * unit : box.bottom * page.height + unit;
    const x = Math.max(0, Math.min(box.left * page.width, page.width - wide));
    set(back, { x, y, width: wide, height: 14 * unit, rx: 3 * unit });
    set(tag, { x: x + wide / 2, y: y + 10.5 * unit });
  }

  /** From the words a region is known by, to it. */
  tie({ key, box, anchor }) {
    const { width, height } = this.page;
    const centre = ({ left, top, right, bottom }) => [((left + right) / 2) * width, ((top + bottom) / 2) * height];
    const [x1, y1] = centre(anchor.box);
    const [x2, y2] = centre(box);
    const on = key === this.store.selected ? "on" : "";
    const frame = made("rect", { class: `label ${on}` });
    this.place(frame, anchor.box);
    return [frame, made("line", { x1, y1, x2, y2, class: `tie ${on}` })];
  }

  drawHandles() {
    const one = this.store.region;
    const isShown = Boolean(one) && this.isHere(one) && !this.svg.hasAttribute("data-fixed");
    this.handles.toggleAttribute("hidden", !isShown);
    if (isShown) this.placeHandles(one.box);
  }

  /** On small boxes the corners stand further out, so that none covers another; under
      a finger they are all there is, so that the lines around can still be tapped. */
  placeHandles(box) {
    const { width, height } = this.page;
    const isCoarse = matchMedia("(pointer: coarse)").matches;
    const size = (isCoarse ? 22 : 9) * this.unit;
    const ends = (from, to) => {
      const out = Math.max(0, (2 * size - (to - from)) / 2);
      return [from - out, (from + to) / 2, to + out];
    };
    const xs = ends(box.left * width, box.right * width), ys = ends(box.top * height, box.bottom * height);
    const at = (name, first, last) => (name.includes(first) ? 0 : name.includes(last) ? 2 : 1);
    for (const handle of this.handles.children) {
      const { handle: name } = handle.dataset;
      const [x, y] = [xs[at(name, "w", "e")], ys[at(name, "n", "s")]];
      set(handle, { x: x - size / 2, y: y - size / 2, width: size, height: size });
      const isShort = ys[2] - ys[0] < 3 * size, isNarrow = xs[2] - xs[0] < 3 * size;
      const isCramped = isCoarse ? isShort || isNarrow : name === "e" || name === "w" ? isShort : isNarrow;
      handle.toggleAttribute("hidden", name.length === 1 && isCramped);
    }
  }

  /** Show a box while it is pulled, before it is one of the history. */
  preview(key, box) {
    const shape = this.shapes.get(key);
    if (shape) this.place(shape.box, box);
    else this.place(this.draft, box);
    this.draft.toggleAttribute("hidden", Boolean(shape));
    if (shape) this.placeHandles(box);
  }

  endPreview() {
    this.draft.setAttribute("hidden", "");
    this.draw();
  }
}

function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
