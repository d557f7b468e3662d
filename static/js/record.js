/* One record: a value and its place on the page light up together; values are edited
   where they stand. */

import { isPlainKey } from "./keys.js";
import { Viewer, reveal } from "./viewer.js";
import { parsed, send } from "./review/wire.js";

const reader = document.getElementById("reader");
const entries = document.getElementById("entries");
const pictures = [...reader.querySelectorAll(".picture")];
const isOnPhone = () => matchMedia("(max-width: 860px)").matches;

/** The picture of the page that is shown, of several. */
class PagesViewer extends Viewer {
  get picture() { return pictures.find((picture) => !picture.hasAttribute("hidden")); }

  open(number) {
    const next = pictures.find((picture) => picture.dataset.number === String(number));
    if (!next || next === this.picture) return;
    this.picture.setAttribute("hidden", "");
    next.removeAttribute("hidden");
    if (next.dataset.image) next.querySelector("image").setAttribute("href", next.dataset.image);
    document.getElementById("number").textContent = number;
    this.apply();
  }

  step(by) { this.open(Number(this.picture.dataset.number) + by); }
}
const viewer = pictures.length ? new PagesViewer(reader) : null;

/* Both sides light up */

const all = () => [...entries.querySelectorAll(".entry")];
const lit = () => entries.querySelector(".entry.on");
const inputOf = (entry) => entry.querySelector("input[name=value]");
const isTyped = (entry) => inputOf(entry).value.trim() !== entry.dataset.value.trim();

function light(entry, from) {
  if (!entry || entry === lit()) return;
  for (const one of reader.querySelectorAll(".on")) one.classList.remove("on");
  entry.classList.add("on");
  const outline = reader.querySelector(`polygon[data-for="${entry.dataset.field}"]`);
  if (outline) {
    if (from !== "picture") viewer.open(entry.dataset.number);
    outline.classList.add("on");
    outline.parentNode.append(outline);
    if (from !== "picture") reveal(viewer.stage, outline);
  }
  if (from === "picture") isOnPhone() ? entry.scrollIntoView({ block: "nearest" }) : reveal(entries, entry);
}

function go(entry) {
  if (!entry) return;
  light(entry, "keys");
  entry.focus();
}

const step = (by) => {
  const rows = all();
  go(rows[Math.max(0, Math.min(rows.indexOf(lit()) + by, rows.length - 1))]);
};

function nextDoubtful() {
  const rows = all(), from = rows.indexOf(lit());
  const doubtful = rows.filter((row) => row.dataset.state === "needs_review");
  go(doubtful.find((row) => rows.indexOf(row) > from) ?? doubtful[0]);
}

const entryOf = (target) => {
  const outline = target.closest("polygon[data-for]");
  return outline ? document.getElementById(`f-${outline.dataset.for}`) : target.closest(".entry");
};
const sideOf = (target) => (target.closest(".stage") ? "picture" : "values");
const isEditing = () => document.activeElement.matches(".entry input") && isTyped(document.activeElement.closest(".entry"));
reader.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "mouse" && !reader.querySelector(".grabbed") && !isEditing() && sideOf(target) === "picture") light(entryOf(target), "picture");
});
entries.addEventListener("pointerover", ({ target, pointerType }) => {
  const within = document.activeElement.closest(".entry");
  if (pointerType === "mouse" && !within) light(entryOf(target), "values");
});
reader.addEventListener("focusin", ({ target }) => light(target.closest(".entry"), "values"));
reader.addEventListener("click", ({ target }) => {
  const entry = entryOf(target);
  light(entry, sideOf(target));
  if (target.closest("polygon") && entry) inputOf(entry).focus();
});

/* Values are decided where they stand */

const decided = [];

async function decide(entry, act) {
  const data = {
    act, on: "record", seen: entry.dataset.seen,
    value: inputOf(entry).value, reason: entry.querySelector("[name=reason]")?.value ?? "",
  };
  try {
    merge(await send(entry.dataset.decide, data, reader.dataset.lost));
    if (act !== "undo") decided.push(entry.id);
    return true;
  } catch (refusal) {
    const error = entry.querySelector(".error");
    error.textContent = refusal.message;
    error.hidden = false;
    return false;
  }
}

function merge(html) {
  const fresh = parsed(html);
  for (const entry of [...fresh.querySelectorAll(".entry")]) {
    const old = document.getElementById(entry.id);
    const isTypedElsewhere = isTyped(old) && inputOf(old).value.trim() !== inputOf(entry).value.trim();
    if (isTypedElsewhere && old !== lit()) continue;
    entry.classList.toggle("on", old.classList.contains("on"));
    entry.querySelector("details").open = old.querySelector("details").open;
    const wasFocused = old.contains(document.activeElement);
    old.replaceWith(entry);
    if (wasFocused) entry.focus();
    const outline = reader.querySelector(`polygon[data-for="${entry.dataset.field}"]`);
    if (entry.dataset.state !== "needs_review") outline?.classList.remove("lo", "mid");
  }
  for (const id of ["doubts", "approval"]) document.getElementById(id).replaceChildren(...fresh.querySelector(`#${id}`).childNodes);
}

async function enter(entry) {
  const typed = isTyped(entry), waits = entry.dataset.state === "needs_review";
  if (typed || waits) {
    if (!(await decide(entry, typed ? "correct" : "confirm"))) return;
  }
  if (waits) nextDoubtful();
  else step(1);
}

async function takeBack() {
  const entry = document.getElementById(decided.pop());
  if (!entry) return;
  await decide(entry, "undo");
  go(document.getElementById(entry.id));
}

entries.addEventListener("click", ({ target }) => {
  const act = target.closest("button[data-act]")?.dataset.act;
  if (act) decide(target.closest(".entry"), act);
});
entries.addEventListener("input", ({ target }) => {
  const entry = target.closest(".entry");
  const typed = isTyped(entry), word = (name) => entry.querySelector(`[data-act=${name}]`);
  entry.querySelector(".because").hidden = !typed;
  word("correct").hidden = !typed;
  if (word("confirm")) word("confirm").hidden = typed;
});

/* Keys and buttons */

const acts = {
  in: () => viewer?.in(), out: () => viewer?.out(), fit: () => viewer?.fit(),
  previous: () => viewer?.step(-1), next: () => viewer?.step(1),
};
reader.querySelector(".tools").addEventListener("click", ({ target }) => acts[target.closest("[data-act]")?.dataset.act]?.());

const mayChange = () => Boolean(lit()?.querySelector(".deciding"));
const keys = {
  ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1),
  n: nextDoubtful, "[": acts.previous, "]": acts.next, "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit,
  e: () => { const input = lit() && inputOf(lit()); input?.focus(); input?.select(); },
  r: () => mayChange() && decide(lit(), "reject"),
  h: () => { const past = lit()?.querySelector(".past"); if (past) past.open = !past.open; },
  a: () => document.getElementById("approve-next")?.click(),
};
addEventListener("keydown", (event) => {
  const { key, target } = event, entry = target.closest(".entry");
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !event.shiftKey) {
    if (target.matches("input") && (!entry || isTyped(entry))) return;
    event.preventDefault();
    return takeBack();
  }
  if (entry && key === "Enter" && !target.closest("button, a, summary") && mayChange()) {
    event.preventDefault();
    return enter(entry);
  }
  if (entry && key === "Escape" && target.matches("input")) {
    inputOf(entry).value = entry.dataset.value;
    inputOf(entry).dispatchEvent(new Event("input", { bubbles: true }));
    return entry.focus();
  }
  if (!isPlainKey(event) || !(key in keys) || (key.startsWith("Arrow") && target.closest(".stage"))) return;
  event.preventDefault();
  keys[key]();
});

viewer?.apply();
light(entries.querySelector("[data-state=needs_review]") ?? all()[0], "keys");
