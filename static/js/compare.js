/* Two readings side by side: from difference to difference, and where the line is on the scan. */

import { isPlainKey } from "./keys.js";

const $ = (selector) => document.querySelector(selector);
const pairs = () => [...document.querySelectorAll(".pair")].filter((pair) => pair.checkVisibility());
const current = () => $(".pair.on");

/* The line on the scan */

/** Show the place of a row: its line as high as half the strip, what is around it too. */
function show(pair) {
  for (const lit of document.querySelectorAll(".pair.on")) lit.classList.remove("on");
  for (const item of document.querySelectorAll(".pair[tabindex='0']")) item.tabIndex = -1;
  pair.classList.add("on");
  pair.tabIndex = 0;
  const crop = $("#crop");
  if (!crop) return;
  const sides = pair.dataset.box.split(" ").filter(Boolean).map(Number);
  crop.querySelector("svg").classList.toggle("nowhere", !sides.length);
  crop.querySelector("figcaption").hidden = Boolean(sides.length);
  if (sides.length) frame(crop, sides);
}

function frame(crop, [left, top, right, bottom]) {
  const { width, height } = crop.dataset;
  const box = { x: left * width, y: top * height, width: (right - left) * width, height: (bottom - top) * height };
  const margin = box.height / 2;
  const view = [box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin];
  crop.querySelector("svg").setAttribute("viewBox", view.map((side) => side.toFixed(1)).join(" "));
  const outline = crop.querySelector("rect");
  for (const [name, value] of Object.entries(box)) outline.setAttribute(name, value.toFixed(1));
}

/* From row to row */

function go(pair) {
  if (!pair) return;
  show(pair);
  pair.focus({ preventScroll: true });
  pair.scrollIntoView({ block: "nearest" });
}

/** The row that lies *by* steps away among those that are shown and fit. */
function step(by, fits = () => true) {
  const all = pairs();
  const here = all.indexOf(current());
  const ahead = by > 0 ? all.slice(here + 1) : all.slice(0, Math.max(here, 0)).reverse();
  go(ahead.find(fits) ?? (here < 0 ? all.find(fits) : undefined));
}
const differs = (pair) => pair.classList.contains("differs");

document.addEventListener("pointerover", ({ target, pointerType }) => {
  const pair = target.closest(".pair");
  if (pair && pointerType === "mouse") show(pair);
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".pair")) show(target);
});

/* Only differences: as long as this tab is open */

function restrict(isOnly) {
  $("#comparison").classList.toggle("only-differences", isOnly);
  sessionStorage.setItem("only-differences", isOnly ? "yes" : "");
}
document.addEventListener("change", ({ target }) => {
  if (target.id === "only") restrict(target.checked);
});

const acts = {
  next: () => step(1, differs),
  before: () => step(-1, differs),
};
document.addEventListener("click", ({ target }) => acts[target.closest("[data-act]")?.dataset.act]?.());

const keys = {
  n: acts.next, p: acts.before,
  j: () => step(1), ArrowDown: () => step(1),
  k: () => step(-1), ArrowUp: () => step(-1),
  d: () => $("#only")?.click(),
  "[": () => $("[data-go=previous]")?.click(), "]": () => $("[data-go=next]")?.click(),
};
document.addEventListener("keydown", (event) => {
  const scrolls = event.key.startsWith("Arrow") && event.target.closest("summary, .items, .strip");
  if (!(event.key in keys) || scrolls || (!isPlainKey(event) && event.target.id !== "only")) return;
  event.preventDefault();
  keys[event.key]();
});

/** A comparison has come in: the first difference is where to begin. */
function settle() {
  const only = $("#only");
  if (only) {
    only.checked = sessionStorage.getItem("only-differences") === "yes";
    restrict(only.checked);
  }
  const first = $(".pair.differs") ?? $(".pair");
  if (first) show(first);
  $(".chip[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.elt.id === "comparison") settle();
});
settle();
