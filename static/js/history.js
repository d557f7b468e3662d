/* Ticking documents: one, those between two, all on the page, all that match. */

import { isPlainKey } from "./keys.js";

const every = document.getElementById("every");
const matching = document.getElementById("matching");
const chosen = document.getElementById("chosen");
const boxes = [...document.querySelectorAll("#found input[name=document]")];
let last = null;

function show() {
  const ticked = boxes.filter((box) => box.checked).length;
  every.checked = ticked === boxes.length;
  every.indeterminate = ticked > 0 && !every.checked;
  if (matching) {
    matching.hidden = !every.checked;
    if (matching.hidden) matching.querySelector("input").checked = false;
  }
  const all = matching?.querySelector("input").checked;
  chosen.textContent = all ? chosen.dataset.all : ticked ? chosen.dataset.words.replace("%n%", ticked) : "";
  document.getElementById("deeds").hidden = !ticked;
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
