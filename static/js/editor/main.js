/* The editor of a layout: its parts, and who is told what. */

import { Acts } from "./acts.js";
import { Canvas } from "./canvas.js";
import { Keyboard } from "./keyboard.js";
import { Pages } from "./pages.js";
import { Panel } from "./panel.js";
import { Pointer } from "./pointer.js";
import { region } from "./regions.js";
import { Saving } from "./saving.js";
import { Settings } from "./settings.js";
import { Sheet } from "./sheet.js";
import { Store } from "./store.js";
import { Values } from "./values.js";

const $ = (id) => document.getElementById(id);
const config = JSON.parse($("editor-data").textContent);
const { name, definition } = config;
const store = new Store({ ...definition, name, regions: definition.regions.map(region) });

const sheet = new Sheet($("editor"));
const canvas = new Canvas($("canvas"), store, config.words);
const parts = { config, store, canvas, sheet, say };
const acts = new Acts(parts);
const panel = new Panel(config, store, acts);
const settings = new Settings($("settings"), $("name"), store);
const pages = new Pages(parts);
const values = new Values(config, store, canvas, showValues);
const saving = new Saving({ ...parts, panel, acts });
const pointer = new Pointer(sheet, canvas, store, acts);
Object.assign(acts, {
  save: () => { saving.save(); },
  turn: (by) => pages.turn(by),
  rename: () => (store.region ? choose("regions") ?? panel.rename() : false),
});
new Keyboard({ ...parts, pointer, acts });

/** For those who hear and those who see: what has just happened. */
function say(sentence, isLoud = false) {
  $("said").textContent = sentence;
  $("said").className = isLoud ? "lo" : "";
}

function showValues(found, reading, sentence) {
  Object.assign(panel, { values: found, reading });
  canvas.values = found;
  canvas.draw();
  panel.draw();
  $("quiet").textContent = sentence;
  $("quiet").hidden = !sentence;
}

/* Buttons and tabs */

const buttons = {
  in: () => sheet.in(), out: () => sheet.out(), fit: () => sheet.fit(),
  add: acts.addHere, suggest: acts.suggest, undo: acts.undo, redo: acts.redo, last: acts.removeLast,
  lines() {
    const bare = $("editor").classList.toggle("bare");
    document.querySelector("[data-act=lines]").setAttribute("aria-pressed", !bare);
  },
};

function choose(tab) {
  for (const one of document.querySelectorAll("#editor [role=tab]")) {
    const isChosen = one.id === `tab-${tab}`;
    one.setAttribute("aria-selected", isChosen);
    one.tabIndex = isChosen ? 0 : -1;
    $(one.getAttribute("aria-controls")).hidden = !isChosen;
  }
}

document.addEventListener("click", ({ target }) => {
  buttons[target.closest("[data-act]")?.dataset.act]?.();
  const tab = target.closest("#editor [role=tab]");
  if (tab) choose(tab.id.slice("tab-".length));
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("#editor [role=tab]") || !/^Arrow(Left|Right)$/.test(event.key)) return;
  event.preventDefault();
  choose(event.target.id === "tab-regions" ? "settings" : "regions");
  document.querySelector("#editor [role=tab][aria-selected=true]").focus();
});
canvas.svg.addEventListener("focusin", ({ target }) => {
  const key = target.closest(".region")?.dataset.key;
  if (key) acts.select(key);
});
$("again").addEventListener("submit", () => { saving.isLeaving = true; });

/* Who is told what */

function redraw() {
  canvas.wrong = panel.draw();
  canvas.draw();
  settings.draw();
  saving.draw();
  for (const [act, may] of [["undo", store.canUndo], ["redo", store.canRedo]]) {
    document.querySelector(`[data-act=${act}]`)?.setAttribute("aria-disabled", !may);
  }
}

store.addEventListener("change", () => {
  panel.refusal = null;
  redraw();
  values.refresh();
});
store.addEventListener("select", () => {
  if (store.selected) choose("regions");
  redraw();
  if (store.selected) panel.showRow(store.selected);
});
store.addEventListener("place", () => {
  pages.draw();
  redraw();
  values.refresh();
});
store.show(1);
