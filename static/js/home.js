/* Files dropped, pasted, chosen or photographed, and addresses of files on the web: sent
   one a request, a few at a time. */

import { isPlainKey } from "./keys.js";

const AT_ONCE = 3;
const form = document.getElementById("drop");
const list = document.getElementById("uploads");
const words = document.getElementById("words")?.dataset;
const waiting = [];
let sending = 0;

/** Show a row for each file at once, then send them as there is room. */
function take(files) {
  const batch = files.length > 1 ? newId() : "";
  const rows = [...files].map((file) => new Upload(file, batch));
  list.prepend(...rows.map((row) => row.element));
  rows.forEach((row) => row.begin());
  for (const input of form.querySelectorAll("input[type=file]")) input.value = "";
}

function sendNext() {
  while (sending < AT_ONCE && waiting.length) {
    sending += 1;
    waiting.shift().send().finally(() => { sending -= 1; sendNext(); });
  }
}

/** Have the server fetch what lies at an address. */
function takeUrl(url) {
  const row = new Fetch(url);
  list.prepend(row.element);
  row.begin();
}

class Upload {
  constructor(file, batch) {
    this.file = file;
    this.wishes = new FormData(form); // as they are now: later changes are for later files
    this.wishes.delete("file");
    this.wishes.delete("url");
    this.wishes.set("batch", batch);
    this.element = document.getElementById("upload").content.firstElementChild.cloneNode(true);
    this.part(".title bdi").textContent = file.name;
    this.part(".size").textContent = readableSize(file.size);
    this.part(".again").addEventListener("click", () => this.begin());
    this.part(".away").addEventListener("click", () => this.leave());
  }

  part(selector) { return this.element.querySelector(selector); }

  begin() {
    this.part(".why").hidden = this.part(".again").hidden = true;
    this.part("progress").hidden = false;
    const fault = this.fault();
    if (fault) return this.refuse(fault);
    this.say(words.waiting);
    waiting.push(this);
    sendNext();
  }

  /** Why there is no use in sending it. */
  fault() {
    if (!this.file.size) return words.empty;
    return this.file.size > Number(form.dataset.limit) * 2 ** 20 ? words.large : "";
  }

  put(body) {
    this.say(words.sending);
    body.append("file", this.file, this.file.name);
  }

  send() {
    const body = new FormData();
    for (const [name, value] of this.wishes) body.append(name, value);
    this.put(body);
    return new Promise((resolve) => {
      const request = this.request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => this.advance(event));
      request.addEventListener("load", () => this.settle(request));
      request.addEventListener("error", () => this.refuse(words.lost, true));
      request.addEventListener("loadend", resolve);
      request.send(body);
    });
  }

  advance({ loaded, total }) {
    this.part("progress").value = loaded / total;
    if (loaded === total) this.say(words.checking);
  }

  settle(request) {
    const answer = parsed(request.responseText);
    if (request.status === 403 || request.responseURL.includes("/login/")) return this.refuse(words.loggedOut);
    if (!answer) return this.refuse(words.broken, true);
    if (answer.error) return this.refuse(answer.error, answer.status >= 500);
    if (answer.known) this.announce(answer);
    else this.leave();
    htmx.trigger("#latest", "refresh");
  }

  /** The workspace had this file: it is being read again, under the name it has there. */
  announce({ name, url }) {
    this.say(words.known);
    this.part("progress").hidden = true;
    this.part(".title bdi").textContent = name;
    Object.assign(this.part(".open"), { href: url, hidden: false });
  }

  refuse(sentence, mayRepeat = false) {
    this.say(words.refused, "lo");
    this.part("progress").hidden = true;
    this.part(".again").hidden = !mayRepeat;
    Object.assign(this.part(".why"), { textContent: sentence, hidden: false });
  }

  say(state, level = "") {
    Object.assign(this.part(".state"), { textContent: state, className: `state ${level}` });
  }

  leave() {
    const place = waiting.indexOf(this);
    if (place >= 0) waiting.splice(place, 1);
    this.request?.abort();
    this.element.remove();
  }
}

/** A file that the server fetches: nothing of it is seen until it is there. */
class Fetch extends Upload {
  constructor(url) {
    super({ name: url, size: 0 }, "");
    this.url = url;
    this.part(".size").textContent = "";
    this.part("progress").removeAttribute("value");
  }

  fault() { return ""; }

  put(body) {
    this.say(words.fetching);
    body.append("url", this.url);
  }

  advance() {} // the address is sent in no time
}

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

/** A random UUID; crypto.randomUUID exists on https and localhost only. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, "$1-$2-4$3-8$4-$5");
}

function readableSize(bytes) {
  const unit = bytes < 2 ** 20 ? "kilobyte" : "megabyte";
  const size = bytes / (unit === "kilobyte" ? 2 ** 10 : 2 ** 20);
  const style = { style: "unit", unit, maximumFractionDigits: size < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(size);
}

/** Say on its button which languages are ticked. */
function nameLanguages() {
  const label = document.querySelector("[data-languages]");
  if (!label) return;
  const names = [...document.querySelectorAll("input[name=languages]:checked")].map((box) => box.labels[0].textContent.trim());
  label.textContent = names.join(", ") || label.dataset.languages;
}

/** Move the focus up or down the list of documents. */
function step(by) {
  const titles = [...document.querySelectorAll("#latest .title")];
  const place = titles.indexOf(document.activeElement) + by;
  titles[Math.max(0, Math.min(place, titles.length - 1))]?.focus();
}

if (form) {
  let depth = 0; // dragenter and dragleave come for every element on the way
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (value) => {
    depth = value;
    document.body.classList.toggle("dropping", depth > 0);
  };
  addEventListener("dragenter", (event) => { if (carriesFiles(event)) mark(depth + 1); });
  addEventListener("dragleave", (event) => { if (carriesFiles(event)) mark(Math.max(0, depth - 1)); });
  addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(0);
    take(event.dataTransfer.files);
  });
  addEventListener("paste", ({ clipboardData, target }) => {
    const text = clipboardData.getData("text").trim();
    if (clipboardData.files.length) take(clipboardData.files);
    else if (/^https?:\/\/\S+$/.test(text) && !target.closest("input, textarea")) takeUrl(text);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const url = form.elements.url.value.trim();
    if (url) takeUrl(url);
    form.elements.url.value = "";
    form.elements.url.focus();
  });
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => { if (input.files.length) take(input.files); });
  }
  form.addEventListener("change", nameLanguages);
  nameLanguages();
}
addEventListener("keydown", (event) => {
  if (!isPlainKey(event)) return;
  if (event.key === "u") form?.querySelector("input[type=file]").click();
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
