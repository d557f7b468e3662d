/* A value of the receipt, shown where it stands on the picture. */

import { reveal } from "./viewer.js";

const SVG = "http://www.w3.org/2000/svg";

/** Draw around *value*'s place, on the page that is open. */
function show(value) {
  document.querySelector("polygon[data-receipt]")?.remove();
  for (const lit of document.querySelectorAll("#receipt .on")) lit.classList.remove("on");
  value.closest("[data-value]").classList.add("on");
  const outline = document.createElementNS(SVG, "polygon");
  outline.setAttribute("points", value.dataset.points);
  outline.dataset.receipt = "";
  document.querySelector("#page .picture g").append(outline);
  reveal(document.querySelector("#page .stage"), outline);
}

document.addEventListener("click", (event) => {
  const value = event.target.closest("#receipt [data-points]");
  if (!value || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const page = document.getElementById("page");
  if (page?.dataset.number !== value.dataset.page) return; // the link leads there
  event.preventDefault();
  show(value);
});
