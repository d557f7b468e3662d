/* The picture of a page in its pane: zoom, turn, drag, and bring a line into sight.
   The pane scrolls by itself, so that wheels, fingers and keys work as everywhere. */

const LEAST = 0.25, MOST = 8, STEP = 1.25;

export class Viewer {
  constructor(reader) {
    this.reader = reader; // keeps its place while the page inside is exchanged
    this.zoom = 1; // 1: the picture is as wide as the pane
    this.turns = 0;
    reader.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    reader.addEventListener("pointerdown", (event) => this.grab(event));
    reader.addEventListener("touchmove", (event) => this.pinch(event), { passive: false });
    reader.addEventListener("touchend", () => { this.spread = 0; });
  }

  get stage() { return this.reader.querySelector(".stage"); }
  get picture() { return this.reader.querySelector(".picture"); }

  /** Make a page that has just come in look as the one before did. */
  apply() {
    this.setTurns(this.turns);
    this.setZoom(this.zoom);
  }

  setTurns(turns) {
    this.turns = turns % 4;
    const { width, height } = this.picture.dataset;
    const [w, h] = this.turns % 2 ? [height, width] : [width, height];
    const shift = [[0, 0], [height, 0], [width, height], [0, width]][this.turns];
    this.picture.setAttribute("viewBox", `0 0 ${w} ${h}`);
    this.picture.firstElementChild.setAttribute("transform", `translate(${shift}) rotate(${90 * this.turns})`);
  }

  /** Zoom so that what is under (x, y), in pixels of the window, stays there. */
  setZoom(zoom, x, y) {
    const { stage, picture } = this;
    const before = picture.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    x ??= frame.x + frame.width / 2;
    y ??= frame.y + frame.height / 2;
    const [across, down] = [(x - before.x) / before.width, (y - before.y) / before.height];
    this.zoom = Math.max(LEAST, Math.min(zoom, MOST));
    picture.style.inlineSize = `${100 * this.zoom}%`;
    const after = picture.getBoundingClientRect();
    stage.scrollBy(after.x + across * after.width - x, after.y + down * after.height - y);
    const shown = this.reader.querySelector("#zoom");
    shown.textContent = `${Math.round(100 * this.zoom)} %`;
  }

  in() { this.setZoom(this.zoom * STEP); }
  out() { this.setZoom(this.zoom / STEP); }
  fit() { this.setZoom(1); }
  turn() { this.setTurns(this.turns + 1); }

  wheel(event) {
    if (!event.ctrlKey || !this.stage.contains(event.target)) return;
    event.preventDefault();
    this.setZoom(this.zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }

  grab(event) {
    if (event.pointerType !== "mouse" || event.button !== 0 || !this.stage.contains(event.target)) return;
    const { stage } = this;
    const start = { x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop };
    const move = ({ clientX, clientY }) => {
      stage.classList.add("grabbed");
      stage.scrollTo(start.left + start.x - clientX, start.top + start.y - clientY);
    };
    const drop = () => {
      removeEventListener("pointermove", move);
      stage.classList.remove("grabbed");
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", drop, { once: true });
    addEventListener("pointercancel", drop, { once: true });
  }

  pinch(event) {
    if (event.touches.length !== 2 || !this.stage.contains(event.target)) return;
    event.preventDefault();
    const [one, other] = event.touches;
    const spread = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const [x, y] = [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
    if (this.spread) this.setZoom((this.zoom * spread) / this.spread, x, y);
    this.spread = spread;
  }
}

/** Scroll *pane*, and nothing around it, until *element* is in sight. */
export function reveal(pane, element) {
  const frame = pane.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const margin = Math.min(48, frame.height / 6);
  if (box.top < frame.top + margin || box.bottom > frame.bottom - margin) {
    pane.scrollBy({ top: box.top + box.height / 2 - frame.top - frame.height / 2, behavior: motion() });
  }
  if (box.left < frame.left || box.right > frame.right) {
    pane.scrollBy({ left: box.left + box.width / 2 - frame.left - frame.width / 2, behavior: motion() });
  }
}

const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
