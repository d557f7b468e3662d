/* The review: Enter decides and goes on, Tab skips, Ctrl+Z takes back. What comes next
   is here already, so that it shows at once; what was decided is sent behind it. */

import { Pane } from "./review/pane.js";
import { parsed, send, tellOnLeaving } from "./review/wire.js";

const desk = document.getElementById("desk");
const queue = document.getElementById("queue");
const AHEAD = 30; // with fewer values left in the page, more are fetched: a window is always spare
const BEHIND = 50; // so many values that were skipped are held with those to come
const KEEP = 60_000, IDLE = 300_000; // ms: how often a claim is renewed, and while who works
const LETTERS = ["text", "code"]; // kinds whose values begin with any letter

if (desk) begin();

function begin() {
  let current = null, loading = null, ended = false, active = Date.now();
  let total = Number(document.getElementById("waiting").dataset.count);
  const decided = []; // what Ctrl+Z takes back, the last first
  const pane = new Pane(document.getElementById("pane"), readThere);

  const waiting = (within = queue) => [...within.querySelectorAll(".card.field:not(.sent)")];
  const stops = () => [...queue.querySelectorAll(".card.field:not(.sent), .approve:not([hidden])")];
  const inputOf = (card) => card?.querySelector("input[name=value]");
  const isTyped = (card) => inputOf(card)?.value.trim() !== card?.dataset.value.trim();
  const groupOf = (element) => element.closest(".group");

  /* To and fro */

  function select(stop, { focus = true, scroll = true } = {}) {
    if (!stop) return;
    current?.classList.remove("on");
    current = stop;
    current.classList.add("on");
    if (stop.matches(".card")) pane.show(stop);
    if (focus) {
      const target = inputOf(stop) ?? stop;
      target.focus({ preventScroll: true });
      target.select?.();
      if (scroll) stop.scrollIntoView({ block: "nearest" });
    }
    lookAhead();
  }

  /** The stop that follows in the page, or comes before; none at its end. */
  function neighbour(stop, by) {
    const all = stops();
    const place = all.indexOf(stop);
    if (place >= 0) return all[place + by];
    const later = all.filter((one) => stop.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    return by > 0 ? later[0] : all[all.length - later.length - 1];
  }

  async function goOn(from) {
    let next = neighbour(from, 1);
    if (!next && !ended) {
      await fetchMore();
      next = neighbour(from, 1);
    }
    document.getElementById("end").hidden = Boolean(next);
    if (next) select(next);
    else document.getElementById("end").querySelector("a").focus();
  }

  /** Pictures of the next few are fetched before they are asked for. */
  function lookAhead() {
    const all = waiting();
    const rest = all.slice(all.indexOf(current) + 1);
    for (const { dataset } of rest.slice(0, 5)) if (dataset.image) new Image().src = dataset.image;
    if (rest.length < AHEAD) fetchMore();
  }

  function fetchMore() {
    if (ended) return null;
    loading ??= (async () => {
      const last = queue.lastElementChild.dataset.record;
      const url = desk.dataset.more.replace(/[0-9-]{36}/, last) + "?" + desk.dataset.query;
      const response = await fetch(url);
      const groups = response.ok ? [...parsed(await response.text()).children] : [];
      queue.append(...groups.filter((group) => !document.getElementById(group.id)));
      ended = !groups.length;
      loading = null;
    })();
    return loading;
  }

  /* What is decided */

  async function decide(card, act) {
    const typed = act === "confirm" && isTyped(card);
    const data = { act: typed ? "correct" : act, value: inputOf(card).value, seen: card.dataset.seen };
    if (card.matches(".sent") || inputOf(card).readOnly) return;
    card.classList.add("sent");
    complain(card, "");
    showApprove(groupOf(card));
    // A typed value may be refused: it is waited for. What was read is right as it stands.
    if (!typed) goOn(card);
    try {
      merge(await send(card.dataset.decide, data, desk.dataset.lost), card.id);
      decided.push({ url: card.dataset.decide, field: card.id });
      if (typed) await goOn(document.getElementById(card.id));
    } catch (refusal) {
      card.classList.remove("sent");
      showApprove(groupOf(card));
      complain(card, refusal.message);
      if (!isTyped(current) || current === card) select(card);
    }
  }

  async function takeBack() {
    const last = decided.pop();
    if (!last) return;
    try {
      merge(await send(last.url, { act: "undo", on: "review" }, desk.dataset.lost), last.field);
      const card = document.getElementById(last.field);
      document.getElementById("end").hidden = true;
      select(card?.matches(".card") ? card : neighbour(card, 1));
    } catch (refusal) {
      say(refusal.message);
    }
  }

  async function approve(button) {
    const group = groupOf(button);
    button.disabled = true;
    try {
      merge(await send(button.dataset.approve, { on: "review" }, desk.dataset.lost));
      const reopen = document.getElementById(group.id).querySelector("[data-reopen]");
      decided.push({ url: reopen.dataset.reopen, field: group.id });
      await goOn(document.getElementById(group.id).querySelector("footer"));
    } catch (refusal) {
      button.disabled = false;
      complain(group.querySelector("footer"), refusal.message);
    }
  }

  async function reopen(button) {
    merge(await send(button.dataset.reopen, { on: "review" }, desk.dataset.lost));
  }

  async function readThere(card, corners, before) {
    const data = { polygon: JSON.stringify(corners), seen: card.dataset.seen };
    card.classList.add("busy");
    say(desk.dataset.reading);
    try {
      merge(await send(card.dataset.reread, data, desk.dataset.lost), card.id);
      say(inputOf(document.getElementById(card.id))?.value ?? "");
    } catch (refusal) {
      card.dataset.polygon = before;
      card.classList.remove("busy");
      complain(card, refusal.message);
      if (current === card) pane.show(card);
    }
  }

  /* What came back */

  /** The group as the server had it when it did what was asked of card *own*; what is
      being typed stays, and what was decided since and is still on its way. */
  function merge(html, own = "") {
    const group = parsed(html).querySelector(".group");
    const old = document.getElementById(group.id);
    const before = waitingIn(old);
    const list = old.querySelector(".cards");
    const ids = new Set();
    for (const card of [...group.querySelectorAll(".cards > li")]) {
      ids.add(card.id);
      const known = document.getElementById(card.id);
      if (!known) list.append(card);
      else if (known.id === own || !(known.matches(".sent") || isBeingTyped(known, card))) exchange(known, card);
    }
    for (const card of list.querySelectorAll(".card.field:not(.sent)")) if (!ids.has(card.id)) card.remove();
    old.dataset.state = group.dataset.state;
    for (const part of ["header", "footer"]) exchange(old.querySelector(part), group.querySelector(part));
    showApprove(old);
    count(waitingIn(old) - before);
  }

  const waitingIn = (group) => group.querySelectorAll(".card.field").length;

  const isBeingTyped = (known, card) =>
    known === current && known.matches(".card:not(.sent)") && card.matches(".card") &&
    (isTyped(known) || known.dataset.seen === card.dataset.seen);

  /** *fresh* in place of *old*: where one was, one still is. */
  function exchange(old, fresh) {
    const wasFocused = old.contains(document.activeElement);
    const wasCurrent = current === old || old.contains(current);
    const button = current?.matches(".approve") && fresh.querySelector(".approve");
    old.replaceWith(fresh);
    if (!wasCurrent) return;
    current = null;
    if (button) button.hidden = false;
    if (button || fresh.matches(".card")) select(button || fresh, { focus: wasFocused, scroll: false });
  }

  /** The button is there once nothing of the record waits. */
  function showApprove(group) {
    const button = group.querySelector(".approve");
    if (button) button.hidden = waiting(group).length > 0;
  }

  function count(by) {
    total += by;
    const shown = document.querySelector("[data-total]");
    if (shown) shown.textContent = total.toLocaleString(document.documentElement.lang);
    const pill = document.querySelector(".places [aria-current] .pill");
    if (pill && by) pill.textContent = Math.max(0, Number(pill.textContent.replace(/\D/g, "")) + by).toLocaleString(document.documentElement.lang);
  }

  function complain(place, words) {
    const error = place.querySelector(".error");
    if (!error) return;
    error.textContent = words;
    error.hidden = !words;
  }

  const say = (words) => { document.getElementById("said").textContent = words; };

  /* Keys, clicks, typing */

  addEventListener("keydown", (event) => {
    active = Date.now();
    if (document.querySelector("dialog[open]")) return;
    const stop = event.target.closest?.(".card.field, .approve");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
      if (event.target.matches("input") && (!stop || isTyped(stop))) return; // the text's own
      event.preventDefault();
      takeBack();
    } else if (stop && keyed(event, stop)) event.preventDefault();
  });

  /** Do what the key says at *stop*; whether it said anything. */
  function keyed(event, stop) {
    const { key, target, altKey, shiftKey } = event;
    const isInput = target.matches("input"), isButton = target.matches("button");
    if (event.ctrlKey || event.metaKey) return false;
    if (altKey) return /^Arrow/.test(key) && stop.matches(".card") && (pane.nudge(key, shiftKey), true);
    if (key === "Tab" && (!isButton || stop === target)) {
      const next = neighbour(stop, shiftKey ? -1 : 1);
      if (next) select(next);
      else if (!shiftKey) goOn(stop);
      else return false;
      return true;
    }
    if (!stop.matches(".card") || isButton) return false;
    if (key === "Enter") return decide(stop, "confirm"), true;
    if (key === "Escape" && isInput) return escape(stop), true;
    const isCommand = !isInput || (!isTyped(stop) && !LETTERS.includes(stop.dataset.kind));
    if (key === "r" && isCommand) return decide(stop, "reject"), true;
    if (key === "?" && isInput && isCommand) return document.getElementById("keys").showModal(), true;
    return false;
  }

  function escape(card) {
    if (isTyped(card)) inputOf(card).value = card.dataset.value;
    else card.focus();
    tellWhatEnterDoes(card);
  }

  function tellWhatEnterDoes(card) {
    const typed = isTyped(card);
    const word = (name) => card.querySelector(`[data-${name}]`);
    if (!word("typed")) return;
    word("typed").hidden = !typed;
    word("as-it-is").hidden = typed;
  }

  queue.addEventListener("input", ({ target }) => tellWhatEnterDoes(target.closest(".card")));
  queue.addEventListener("focusin", ({ target }) => {
    const stop = target.closest(".card.field:not(.sent), .approve");
    if (stop && stop !== current) select(stop, { focus: false });
  });
  queue.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const card = target.closest(".field");
    if (button?.dataset.fill !== undefined) {
      inputOf(card).value = button.dataset.fill;
      tellWhatEnterDoes(card);
      select(card);
    } else if (button?.dataset.act === "undo") {
      decided.push({ url: card.dataset.decide, field: card.id });
      takeBack();
    } else if (button?.dataset.act) decide(card, button.dataset.act);
    else if (button?.dataset.approve) approve(button);
    else if (button?.dataset.reopen) reopen(button);
    else if (card?.matches(".card:not(.sent)") && !target.closest("a, input")) select(card);
  });

  /* What is shown is held for five minutes, for as long as somebody works at it; what was
     skipped long ago is left to others. */

  function held() {
    const all = waiting();
    const from = Math.max(0, all.indexOf(current) - BEHIND);
    return all.slice(from).map((card) => ["field", card.dataset.field]);
  }
  const keep = () => {
    if (Date.now() - active < IDLE) send(desk.dataset.keep, held(), "").catch(() => {});
  };
  setInterval(keep, KEEP);
  addEventListener("pointerdown", () => { active = Date.now(); });
  addEventListener("pagehide", () => tellOnLeaving(desk.dataset.letGo, held()));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  keep(); // after a reload, what the page before let go is taken again

  select(stops()[0], { scroll: false });
}
