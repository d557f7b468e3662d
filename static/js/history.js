/* Ticking documents: one, those between two, all on the page, all that match. */

import { isPlainKey } from "./keys.js";

const every = document.getElementById("every");
const matching = document.getElementById("matching");
const chosen = document.getElementById("chosen");
const deeds = document.getElementById("deeds");
const boxes = [...document.querySelectorAll("#found input[name=document]")];
const FEW = 20; // documents that go to the trash without a question: they come back as easily
const AGAIN = 2000; // ms within which the same is not sent twice
let last = null;
let sent = -AGAIN;

function show() {
  const ticked = count();
  every.checked = ticked === boxes.length;
  every.indeterminate = ticked > 0 && !every.checked;
  if (matching) {
    matching.hidden = !every.checked;
    if (matching.hidden) matching.querySelector("input").checked = false;
  }
  chosen.textContent = areAll() ? chosen.dataset.all : ticked ? chosen.dataset.words.replace("%n%", ticked) : "";
  deeds.hidden = !ticked;
}

const count = () => boxes.filter((box) => box.checked).length;
const areAll = () => Boolean(matching?.querySelector("input").checked);

/** Very many are moved to the trash after a question; nothing is sent twice. */
function mind(event) {
  const { many, all } = event.submitter?.dataset ?? {};
  const question = areAll() ? all : count() > FEW && many?.replace("%n%", count());
  const isTooSoon = event.timeStamp - sent < AGAIN;
  if (isTooSoon || (question && !confirm(question))) return event.preventDefault();
  sent = event.timeStamp;
  for (const menu of deeds.querySelectorAll("details[open]")) menu.open = false;
}

/** With the shift key held, a tick reaches from the box ticked before to this one. */
function reach(box) {
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
  for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
}

function step(by) {
  const titles = [...document.querySelectorAll("#found .title")];
  const row = document.activeElement.closest(".document");
  const place = titles.findIndex((title) => title.closest(".document") === row) + by;
  titles[Math.max(0, Math.min(place, titles.length - 1))]?.focus();
}

if (every) {
  every.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
    show();
  });
  matching?.addEventListener("change", show);
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) reach(box);
      last = box;
      show();
    });
  }
  every.form.addEventListener("submit", mind);
  addEventListener("pageshow", show); // the browser may have kept ticks when one comes back
  show();
}

addEventListener("keydown", (event) => {
  if (!isPlainKey(event) && !event.target.matches("[name=document]")) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
  if (event.key === "x") document.activeElement.closest(".document")?.querySelector("[name=document]")?.click();
  if (event.key === "]") document.querySelector("[data-go=older]")?.click();
});
