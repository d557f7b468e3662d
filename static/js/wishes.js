/* How to read: what only other engines than the chosen one understand is not shown. */

function showOptions(form) {
  const engine = form.elements.engine?.value;
  for (const part of form.querySelectorAll("[data-engines]")) {
    part.hidden = !part.dataset.engines.split(" ").includes(engine);
  }
}

for (const form of document.forms) {
  if (!form.querySelector("[data-engines]")) continue;
  showOptions(form);
  form.addEventListener("change", ({ target }) => { if (target.name === "engine") showOptions(form); });
}
