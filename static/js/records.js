/* The table of records: keys, and the order of the columns to download. */

import { isPlainKey } from "./keys.js";

function step(by) {
  const titles = [...document.querySelectorAll("#found .title")];
  const row = document.activeElement.closest(".record");
  const place = titles.findIndex((title) => title.closest(".record") === row) + by;
  titles[Math.max(0, Math.min(place, titles.length - 1))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!isPlainKey(event)) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
  if (event.key === "]") document.querySelector("[data-go=older]")?.click();
});

document.addEventListener("click", ({ target }) => {
  const mover = target.closest("[data-up]");
  if (!mover) return;
  const item = mover.closest("li");
  item.previousElementSibling?.before(item);
  mover.focus();
});
