/* The document page: a line lit on one side is lit on the other; keys; pages that come in. */

import { isPlainKey } from "./keys.js";
import { Lines } from "./lines.js";
import { Viewer, reveal } from "./viewer.js";

const reader = document.getElementById("reader");
const viewer = new Viewer(reader);
const editing = new Lines(reader, { go, left: () => showStates() });
const $ = (selector) => reader.querySelector(selector);
const $$ = (selector) => [...reader.querySelectorAll(selector)];

/* Lines and their outlines */

const isOnFields = () => reader.dataset.tab === "fields" && Boolean($("#fields"));
const kind = () => (isOnFields() ? "field" : "line"); // what the rows are, and their outlines
const lines = () => $$(isOnFields() ? "#fields li" : "#lines li");
const current = () => lines().findIndex((line) => line.classList.contains("on"));
const isOnPhone = () => matchMedia("(max-width: 860px)").matches;

/** Light up a line on both sides; *from* is the side the reader looks at. */
function light(index, from) {
  const line = lines()[index];
  if (!line) return;
  const outline = $(`polygon[data-${kind()}="${index}"]`);
  for (const lit of $$(".on")) lit.classList.remove("on");
  for (const item of $$(".lines [tabindex='0']")) item.tabIndex = -1;
  line.classList.add("on");
  line.tabIndex = 0;
  editing.rows.mark(line);
  outline?.classList.add("on");
  if (outline?.nextSibling) outline.parentNode.append(outline); // above its neighbours
  if (outline && from !== "picture") reveal(viewer.stage, outline);
  if (from !== "text") bringIntoSight(line);
}

/** On a phone the text has no pane of its own: the whole page scrolls. */
function bringIntoSight(line) {
  if (isOnPhone()) line.scrollIntoView({ block: "nearest" });
  else reveal(line.closest(".pane"), line);
}

function go(index) {
  leader = null; // keys lead now, wherever the pointer rests
  light(Math.max(0, Math.min(index, lines().length - 1)), "keys");
  lines()[current()]?.focus({ preventScroll: true });
}

/** As one goes by hand: from line to line. */
function step(by) {
  editing.walk(false);
  go(current() + by);
}

function goToDoubtful() {
  const all = lines();
  const doubtful = all.filter((line) => line.matches(isOnFields() ? ".lo" : ".doubtful")).map((line) => all.indexOf(line));
  if (!doubtful.length) return isOnFields() || editing.tellEnd();
  if (!isOnFields()) choose("lines");
  editing.walk(!isOnFields());
  go(doubtful.find((index) => index > current()) ?? doubtful[0]);
}

const indexOf = (target) => Number(target.closest(`[data-${kind()}]`)?.dataset[kind()] ?? NaN);
const sideOf = (target) => (target.closest(".stage") ? "picture" : "text");
reader.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "mouse" && !$(".grabbed") && !editing.open) light(indexOf(target), sideOf(target));
});
reader.addEventListener("focusin", ({ target }) => {
  if (target.matches(".lines li")) light(indexOf(target), "text");
});
reader.addEventListener("click", ({ target }) => {
  if (!editing.open) light(indexOf(target), sideOf(target));
});

/* Both panes scroll together: the one under the pointer leads, the other keeps its share. */

let leader = null;
reader.addEventListener("pointerover", ({ target }) => { leader = target.closest(".stage, .pane"); });
reader.addEventListener("scroll", ({ target }) => {
  if (target !== leader || isOnPhone()) return;
  const follower = target === viewer.stage ? $(".pane:not([hidden])") : viewer.stage;
  const share = target.scrollTop / (target.scrollHeight - target.clientHeight || 1);
  follower.scrollTop = share * (follower.scrollHeight - follower.clientHeight);
}, true);

/* Tabs */

function choose(name) {
  reader.dataset.tab = name;
  for (const tab of $$("[role=tab]")) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    const pane = $(`#${tab.getAttribute("aria-controls")}`);
    if (pane) pane.hidden = !chosen;
  }
  const copy = $("#copy");
  if (copy) copy.dataset.copies = name === "layout" ? "#layout" : "#plain";
}
/** The tab beside the chosen one, or the first again. */
function otherTab(by = 1) {
  const tabs = $$("[role=tab]");
  const place = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  return tabs[(place + by + tabs.length) % tabs.length]?.id.slice("tab-".length);
}
reader.addEventListener("keydown", (event) => {
  if (!event.target.matches("[role=tab]") || !/^Arrow(Left|Right)$/.test(event.key)) return;
  event.preventDefault();
  choose(otherTab(event.key === "ArrowLeft" ? -1 : 1));
  $("[role=tab][aria-selected=true]").focus();
});

/* Buttons and keys */

const acts = {
  in: () => viewer.in(),
  out: () => viewer.out(),
  fit: () => viewer.fit(),
  turn: () => viewer.turn(),
  doubtful: goToDoubtful,
  boxes() {
    const bare = reader.classList.toggle("bare");
    $("[data-act=boxes]").setAttribute("aria-pressed", !bare);
  },
};
reader.addEventListener("click", ({ target }) => {
  acts[target.closest("[data-act]")?.dataset.act]?.();
  const tab = target.closest("[role=tab]");
  if (tab) choose(tab.id.slice("tab-".length));
});

const keys = {
  ArrowDown: () => step(1), j: () => step(1),
  ArrowUp: () => step(-1), k: () => step(-1),
  n: acts.doubtful, b: acts.boxes, r: acts.turn,
  "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit,
  "[": () => $("[data-go=previous]")?.click(), "]": () => $("[data-go=next]")?.click(),
  t: () => otherTab() && choose(otherTab()), c: () => $("#copy")?.click(),
};
/** Keys that edit, and take back; whether it was one. */
function editingKey(event) {
  const { key, target, ctrlKey, metaKey, shiftKey } = event;
  const letter = key.toLowerCase();
  if ((ctrlKey || metaKey) && "zy".includes(letter) && !document.querySelector("dialog[open]")) {
    const isElsewhere = target.closest("input, select, textarea") && target !== editing.open?.input;
    if (isElsewhere || editing.isTyped) return false; // the text's own
    editing.step(letter === "z" && !shiftKey);
    return true;
  }
  if (!isPlainKey(event) || reader.dataset.tab !== "lines") return false;
  if (letter === "h") editing.showPast(current());
  else if (current() >= 0 && (key === "F2" || (key === "Enter" && !target.closest("a, button, summary")))) editing.edit(current());
  else return false;
  return true;
}

addEventListener("keydown", (event) => {
  if (editingKey(event)) return event.preventDefault();
  const scrolls = event.key.startsWith("Arrow") && event.target.closest(".stage, #layout, [role=tab]");
  if (!isPlainKey(event) || !(event.key in keys) || scrolls) return;
  event.preventDefault();
  keys[event.key]();
});

/* Pages that come in */

function settle() {
  editing.forget();
  viewer.apply();
  const wish = reader.dataset.tab ?? $("#page").dataset.first ?? "lines";
  choose($(`#tab-${wish}`) ? wish : "lines");
  const number = $("#page").dataset.number;
  for (const tile of $$(".tile")) {
    if (tile.dataset.number === number) tile.setAttribute("aria-current", "page");
    else tile.removeAttribute("aria-current");
  }
  const tile = $(".tile[aria-current]");
  if (tile) $("#strip").scrollTo({ left: tile.offsetLeft - $("#strip").clientWidth / 2 });
}

/** The letters of the job's pages, onto the strip; and the open page again if it changed. */
function showStates() {
  const { states } = document.getElementById("job").dataset;
  $$(".tile").forEach((tile, index) => {
    const state = states[index];
    if (!state || tile.dataset.state === state) return;
    tile.dataset.state = state;
    tile.title = $("#strip").dataset[state.toLowerCase()];
    const picture = tile.querySelector("img");
    if (state === state.toUpperCase()) picture.src = picture.dataset.src;
  });
  const page = $("#page");
  const state = states[page.dataset.number - 1] ?? "n";
  const shown = page.dataset.state ? page.dataset.state[0] : "n";
  const wasPrepared = page.dataset.prepared === "yes";
  if (editing.open) return; // it is asked for once the line is left
  if (state.toLowerCase() !== shown || (state === state.toUpperCase()) !== wasPrepared) htmx.trigger(page, "refresh");
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.elt.id === "page") settle();
});
document.addEventListener("htmx:afterSettle", showStates);
settle();
