/* A layout on scans that it has not read: its zones over the picture, its values beside. */

import { isPlainKey } from "../keys.js";
import { Viewer } from "../viewer.js";
import { ask, fill } from "./wire.js";

const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);
const { scans, template, urls, words, kinds } = JSON.parse($("try-data").textContent);
const answers = new Map(); // by scan: a promise, so that each is asked once
let place = 0;

function begin() {
  const viewer = new Viewer($("editor"));
  const step = (by) => show(Math.max(0, Math.min(place + by, scans.length - 1)));
  const acts = {
    in: () => viewer.in(), out: () => viewer.out(), fit: () => viewer.fit(),
    next: () => step(1), previous: () => step(-1),
  };
  const keys = {
    ArrowRight: acts.next, j: acts.next, "]": acts.next, ArrowLeft: acts.previous, k: acts.previous, "[": acts.previous,
    "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit, x: () => tickOf(place)?.click(),
  };
  document.addEventListener("click", ({ target }) => {
    acts[target.closest("[data-act]")?.dataset.act]?.();
    const tile = target.closest("[data-scan]");
    if (tile) show(Number(tile.dataset.scan));
  });
  addEventListener("keydown", (event) => {
    if (!(event.key in keys) || !(isPlainKey(event) || event.target.name === "document")) return;
    event.preventDefault();
    keys[event.key]();
  });
  $("scans").addEventListener("change", count);
  document.addEventListener("pointerover", ({ target }) => light(target.closest?.("[data-number]")?.dataset.number));
  show(0);
  tryAll();
}

/** One after the other, so that only what fits stays ticked; what fails is left alone. */
async function tryAll() {
  for (const index of scans.keys()) {
    const { error } = await askFor(index);
    if (error) return;
  }
}

const tickOf = (index) => $("scans").children[index].querySelector("input");
const count = () => { if ($("ticked")) $("ticked").textContent = $("scans").querySelectorAll("input:checked").length; };

function show(index) {
  place = index;
  const scan = scans[index];
  for (const tile of document.querySelectorAll("[data-scan]")) {
    if (Number(tile.dataset.scan) === index) tile.setAttribute("aria-current", "true");
    else tile.removeAttribute("aria-current");
  }
  document.querySelector(`[data-scan="${index}"]`).scrollIntoView({ block: "nearest", inline: "nearest" });
  $("place").textContent = fill(words.scanOf, { n: index + 1, count: scans.length });
  $("scan-name").textContent = scan.name;
  drawPicture(scan);
  drawAnswer(null);
  askFor(index).then((answer) => { if (place === index) drawAnswer(answer); });
}

function drawPicture({ width, height, picture }) {
  const svg = $("canvas");
  const image = svg.querySelector("image");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  image.setAttribute("width", width);
  image.setAttribute("height", height);
  if (picture) image.setAttribute("href", picture);
  else image.removeAttribute("href");
  $("veil").hidden = Boolean(picture);
}

function askFor(index) {
  if (!answers.has(index)) {
    const { document, page } = scans[index];
    answers.set(index, ask(urls.values, { document, page, template, definition: null }, words).then((answer) => settle(index, answer)));
  }
  return answers.get(index);
}

/** What does not fit is not to be read with this layout: its tick goes out, once. */
function settle(index, answer) {
  const tick = tickOf(index);
  const fits = !answer.error && Boolean(answer.registration?.rung);
  $("scans").children[index].dataset.fits = answer.error ? "" : fits ? "yes" : "no";
  if (answer.error) answers.delete(index); // looked at again, it is asked again
  else if (!fits && tick) tick.checked = false;
  count();
  return answer;
}

function drawAnswer(answer) {
  const fields = answer?.fields ?? [];
  $("fit").textContent = verdict(answer);
  $("fit").className = `note ${answer && (answer.error || !answer.registration?.rung) ? "lo" : ""}`;
  $("found").replaceChildren(...fields.map(row));
  $("zones").replaceChildren(...fields.map(zone));
}

function verdict(answer) {
  if (!answer) return words.trying;
  if (answer.error) return answer.error;
  const { rung, score, reason } = answer.registration;
  return rung ? fill(words.fits, { score: Math.round(score * 100) }) : fill(words.fitsNot, { reason });
}

/** A value and its zone light up together. */
function light(number) {
  for (const one of document.querySelectorAll("#editor [data-number]")) {
    one.classList.toggle("on", one.dataset.number === number);
  }
}

function row({ name, value, raw, confidence, level, reason }, number) {
  const item = $("row").content.firstElementChild.cloneNode(true);
  item.dataset.number = number;
  const put = (selector, text) => Object.assign(item.querySelector(selector), { textContent: text });
  put(".name", name);
  put(".kind", kinds[name] ?? "");
  put(".value", value || raw || "–").classList.add(...(level ? [level] : []));
  put(".sure", confidence ? Math.round(confidence * 100) : "");
  put(".why", reason).hidden = !reason;
  return item;
}

function zone({ name, polygon, level }, number) {
  const shape = document.createElementNS(SVG, "polygon");
  const title = document.createElementNS(SVG, "title");
  title.textContent = name;
  shape.append(title);
  shape.setAttribute("points", (polygon ?? []).map((point) => point.join()).join(" "));
  shape.setAttribute("class", `zone ${level}`);
  shape.setAttribute("data-number", number);
  return shape;
}

if (scans.length) begin();
