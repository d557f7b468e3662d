/* The document page: words that were looked for are lit up, `f` goes to the next. */

import { isPlainKey } from "./keys.js";

const reader = document.getElementById("reader");
const $ = (selector) => reader.querySelector(selector);
const bar = () => $("#hits");
const isKnown = "highlights" in CSS; // text is lit without a change to its elements
let hits = []; // of the page: each the line's element and a range of its text
let said = []; // by the lines, when the page came in
let now = -1;
let wish = 0; // of the page to come: its first hit (1), its last (-1)

/** The elements of the text's lines, in their order. */
function lineTexts() {
  const rows = [...reader.querySelectorAll("#lines li .t")];
  if (rows.length) return rows;
  const prose = $("#lines .prose");
  return prose ? textsOf(prose).filter((text) => text.data.trim()) : [];
}

function textsOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

/** The range of *element* from one place in its text to another; null if it is shorter. */
function rangeOf(element, start, end) {
  const range = document.createRange();
  let place = 0;
  for (const text of element.nodeType === Node.TEXT_NODE ? [element] : textsOf(element)) {
    const after = place + text.data.length;
    if (start >= place && start < after) range.setStart(text, start - place);
    if (end > place && end <= after) {
      range.setEnd(text, end - place);
      return range;
    }
    place = after;
  }
  return null;
}

/** A page came in: remember what its lines say, so that changed ones can be told. */
function begin() {
  hits = [];
  said = lineTexts().map((text) => text.textContent);
  find();
}

/** Find the hits again, but those of lines that were changed meanwhile. */
function find() {
  const last = hits[now];
  hits = [];
  const spans = JSON.parse(bar()?.dataset.spans ?? "{}");
  const texts = lineTexts().map((text, line) => text.textContent === said[line] && text);
  for (const [line, places] of Object.entries(spans)) {
    for (const [start, end] of places) {
      const range = texts[line] && rangeOf(texts[line], start, end);
      if (range) hits.push({ line: Number(line), start, range });
    }
  }
  now = last ? hits.findLastIndex((hit) => hit.line < last.line || (hit.line === last.line && hit.start <= last.start)) : -1;
  show();
}

function show() {
  if (isKnown) {
    CSS.highlights.set("hit", new Highlight(...hits.map(({ range }) => range)));
    CSS.highlights.set("hit-now", new Highlight(...hits.slice(now, now + 1).map(({ range }) => range)));
  }
  for (const box of reader.querySelectorAll("polygon.hit")) {
    box.classList.toggle("now", hits[now]?.line === Number(box.dataset.hitLine));
  }
}

/** Go to the next hit (1) or the one before (-1), on this page or another. */
function go(by) {
  find();
  const place = now < 0 && by < 0 ? hits.length - 1 : now + by;
  if (place >= 0 && place < hits.length) return goTo(place);
  const page = $(`[data-hit-page=${by > 0 ? "next" : "previous"}]`);
  wish = by;
  if (page) page.click();
  else if (hits.length) goTo(by > 0 ? 0 : hits.length - 1);
}

function goTo(place) {
  now = place;
  const { range } = hits[place];
  const line = range.startContainer.parentElement.closest("li, .prose");
  if ($("#tab-lines")?.getAttribute("aria-selected") === "false") $("#tab-lines").click();
  show();
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

reader.addEventListener("click", ({ target }) => {
  const way = target.closest("[data-hit]")?.dataset.hit;
  if (way === "next") go(1);
  if (way === "previous") go(-1);
});
addEventListener("keydown", (event) => {
  if (!bar() || !isPlainKey(event) || event.key.toLowerCase() !== "f") return;
  event.preventDefault();
  go(event.shiftKey ? -1 : 1);
});

/* Other pages of the document are searched, too. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const isPage = detail.verb === "get" && detail.target?.id === "page";
  if (!isPage || !bar() || detail.elt.matches("[data-hit=clear]")) return;
  detail.parameters.q = bar().dataset.words;
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "page") begin();
  else find();
  if (wish && hits.length) goTo(wish > 0 ? 0 : hits.length - 1);
  wish = 0;
});
reader.addEventListener("corrected", find);
begin();
if (hits.length) goTo(0);
