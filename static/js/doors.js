/* One picture: shown when it is chosen, sent, and its answer shown and kept for download.
   Without this script the form's answer is downloaded. */

import { isPlainKey } from "./keys.js";

const form = document.getElementById("door");
const file = form.querySelector("input[type=file]");
const address = form.elements.image_url;
const words = document.getElementById("words").dataset;
const fault = document.getElementById("fault");
const given = document.getElementById("given");
const result = document.getElementById("result");
const part = (selector) => result.querySelector(selector);
let kept = ""; // the address of the answer in the browser's memory

/** Show the picture that is to be read. */
function preview(source) {
  const picture = given.querySelector("img");
  if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
  given.hidden = !source;
  picture.hidden = false;
  given.querySelector(".unshown").hidden = true;
  if (source) picture.src = source;
  else picture.removeAttribute("src");
}

function choose() {
  const [chosen] = file.files;
  if (chosen && address) address.value = "";
  preview(chosen ? URL.createObjectURL(chosen) : "");
  result.hidden = fault.hidden = true;
}

function refuse(sentence) {
  result.hidden = true;
  Object.assign(fault, { textContent: sentence, hidden: false });
}

/** Why there is no use in sending it. */
function flaw() {
  const [chosen] = file.files;
  if (!chosen) return address?.value.trim() ? "" : words.none;
  if (!chosen.size) return words.empty;
  return chosen.size > Number(form.dataset.limit) * 2 ** 20 ? words.large : "";
}

function wait() {
  for (const shown of ["pre", "img", ".download", ".document"]) part(shown).hidden = true;
  result.hidden = part(".reading").hidden = part("progress").hidden = false;
  fault.hidden = true;
}

async function send() {
  const sentence = flaw();
  if (sentence) return refuse(sentence);
  const button = form.querySelector("button");
  button.disabled = true;
  wait();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (answer.ok) await show(answer);
    else refuse(await reason(answer));
  } catch {
    refuse(words.lost);
  } finally {
    button.disabled = false;
  }
}

async function reason(answer) {
  try {
    return (await answer.json()).errors[0].detail;
  } catch {
    return words.broken;
  }
}

async function show(answer) {
  const kind = answer.headers.get("Content-Type").split(";")[0];
  const blob = await answer.blob();
  if (kind === "image/png") showPicture(blob);
  if (kind === "text/plain") showText(await blob.text());
  if (kind === "application/json") showText(JSON.parse(await blob.text()).text);
  offer(blob, nameIn(answer.headers.get("Content-Disposition")));
  part(".reading").hidden = part("progress").hidden = true;
  await lead(answer.headers.get("Location"));
}

function showText(text) {
  Object.assign(part("pre"), { textContent: text.trim() ? text : words.nothing, hidden: false });
}

function showPicture(blob) {
  const picture = part("img");
  picture.src = URL.createObjectURL(blob);
  picture.hidden = false;
}

function offer(blob, name) {
  if (kept) URL.revokeObjectURL(kept);
  kept = URL.createObjectURL(blob);
  Object.assign(part(".download"), { href: kept, download: name, hidden: false });
}

/** The name that the answer is to be saved by (RFC 6266). */
function nameIn(disposition) {
  const [, encoded] = /filename\*=utf-8''([^;]+)/i.exec(disposition ?? "") ?? [];
  const [, plain] = /filename="([^"]+)"/.exec(disposition ?? "") ?? [];
  return encoded ? decodeURIComponent(encoded) : plain ?? "text.json";
}

/** Offer the page where the text stands beside its picture. */
async function lead(job) {
  const answer = await fetch(job);
  if (!answer.ok) return;
  const { id, document: page } = await answer.json();
  Object.assign(part(".document"), { href: `/documents/${page}/?job=${id}`, hidden: false });
}

file.addEventListener("change", choose);
address?.addEventListener("input", () => {
  if (!file.value) return;
  file.value = "";
  choose();
});
given.querySelector("img").addEventListener("error", ({ target }) => {
  if (!target.hasAttribute("src")) return;
  target.hidden = true;
  given.querySelector(".unshown").hidden = false;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
addEventListener("paste", ({ clipboardData }) => {
  if (!clipboardData.files.length) return;
  file.files = clipboardData.files;
  choose();
});
addEventListener("keydown", (event) => {
  if (isPlainKey(event) && event.key === "u") file.click();
});
choose();
