/* The frame of every page: keys, menus, dialogs. */

import "./copy.js";
import { isPlainKey } from "./keys.js";
import "./wishes.js";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeMenus();
  if (!isPlainKey(event)) return;
  if (event.key === "?") {
    event.preventDefault();
    document.getElementById("keys").showModal();
  }
  if (event.key === "/") {
    const field = document.querySelector("[data-search]") ?? document.getElementById("search");
    if (!field?.checkVisibility()) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
});

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === except) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
};

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  if (event.target instanceof HTMLDialogElement) event.target.close(); // its backdrop
});

/* A list or state that is asked for every second is swapped only when it has changed:
   what the reader has opened, focused or is hearing stays as it is. */
const lastAnswers = new Map();

/** Whether one was logged out meanwhile, or what was asked for is gone: the page says so. */
const isLost = (xhr) => xhr.responseURL.includes("/accounts/login/") || xhr.status === 404;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr, target } = detail;
  if (isLost(xhr)) return location.reload();
  if (!target.id || xhr.status !== 200) return;
  if (lastAnswers.get(target.id) === xhr.responseText) detail.shouldSwap = false;
  lastAnswers.set(target.id, xhr.responseText);
});
