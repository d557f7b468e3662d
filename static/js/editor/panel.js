/* The list of regions beside the picture; the selected one opens its form in it. */

import { LAST, find, problems, shifted } from "./regions.js";

const $ = (id) => document.getElementById(id);

export class Panel {
  constructor(config, store, acts) {
    Object.assign(this, { config, store, acts, rows: new Map(), values: new Map(), reading: new Set() });
    this.list = $("list");
    this.form = $("form");
    this.model = $("row").content.firstElementChild;
    this.list.addEventListener("click", ({ target }) => this.press(target));
    this.form.addEventListener("input", ({ target }) => this.take(target));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("click", ({ target }) => this.act(target.closest("[data-do]")?.dataset.do));
  }

  press(target) {
    const row = target.closest(".head-of")?.parentNode;
    if (row) this.acts.select(row.dataset.key === this.store.selected ? null : row.dataset.key);
  }

  act(name) {
    const key = this.store.selected;
    if (name === "up" || name === "down") this.store.change(shifted(this.store.now, key, name === "up" ? -1 : 1));
    if (name === "duplicate") this.acts.duplicate();
    if (name === "remove") this.acts.remove();
  }

  /* The list */

  draw() {
    const wrong = problems(this.store.now, this.config.words);
    const { regions } = this.store.now;
    for (const [key, row] of this.rows) if (!find(this.store.now, key)) this.drop(key, row);
    regions.forEach((one, place) => {
      const row = this.rows.get(one.key) ?? this.add(one.key);
      if (this.list.children[place] !== row) this.list.insertBefore(row, this.list.children[place] ?? null);
      this.drawRow(row, one, this.refusal?.key === one.key ? this.refusal.sentence : wrong.get(one.key));
    });
    $("none").hidden = regions.length > 0;
    $("count").textContent = regions.length;
    this.fill();
    return wrong;
  }

  add(key) {
    const row = this.model.cloneNode(true);
    row.dataset.key = key;
    this.rows.set(key, row);
    return row;
  }

  drop(key, row) {
    if (row.contains(this.form)) this.close();
    row.remove();
    this.rows.delete(key);
  }

  close() {
    this.form.hidden = true;
    this.list.after(this.form);
  }

  drawRow(row, one, wrong) {
    const part = (name) => row.querySelector(name);
    const isOn = one.key === this.store.selected;
    const value = this.values.get(one.key);
    const isReading = this.reading.has(one.key);
    row.className = isOn ? "on" : "";
    part(".head-of").setAttribute("aria-expanded", isOn);
    part(".name").textContent = one.name || this.config.words.unnamed;
    part(".kind").textContent = this.config.words.kinds[one.kind];
    part(".value").textContent = isReading ? this.config.words.reading : value?.value || value?.raw || (value ? "–" : "");
    part(".value").className = `value ${isReading ? "sub" : value?.level ?? ""}`;
    part(".sure").textContent = !isReading && value?.confidence ? Math.round(value.confidence * 100) : "";
    part(".why").textContent = wrong ?? (isReading ? "" : value?.reason ?? "");
    part(".why").className = `why ${wrong ? "lo" : ""}`;
    part(".why").hidden = !part(".why").textContent;
  }

  /* The form of the selected region */

  fill() {
    const one = this.store.region;
    if (!one) return this.close();
    const row = this.rows.get(one.key);
    if (this.form.parentNode !== row) row.append(this.form);
    this.form.hidden = false;
    this.offerPages(one);
    for (const field of this.form.elements) if (field.name && field !== document.activeElement) this.fillField(field, one);
    this.form.elements["anchor-text"].closest("p").hidden = !one.anchor;
    return undefined;
  }

  fillField(field, one) {
    if (field.name === "anchor") field.checked = Boolean(one.anchor);
    else if (field.name === "anchor-text") field.value = one.anchor?.text ?? "";
    else if (field.name === "languages") field.checked = one.languages.includes(field.value);
    else if (field.type === "checkbox") field.checked = one[field.name];
    else field.value = one[field.name] ?? "";
  }

  offerPages({ page }) {
    const { words } = this.config;
    const numbers = [...new Set([...this.config.pages.map((_page, place) => place + 1), ...(page > 0 ? [page] : [])])];
    const select = this.form.elements.page;
    const options = [...numbers.map((number) => new Option(number === 1 ? words.firstPage : number, number)), new Option(words.lastPage, LAST)];
    if (select.options.length !== options.length) select.replaceChildren(...options);
  }

  take(field) {
    const { key } = this.store.region;
    if (field.name === "anchor") return this.acts.tie(key, field.checked);
    const { anchor, languages } = this.store.region;
    if (field.name === "anchor-text") return this.acts.set(key, { anchor: { ...anchor, text: field.value } }, `anchor ${key}`);
    if (field.name === "languages") return this.acts.set(key, { languages: field.checked ? [...languages, field.value] : languages.filter((code) => code !== field.value) });
    if (field.name === "page") return this.acts.set(key, { page: Number(field.value) });
    if (field.name === "list") return this.acts.set(key, { list: field.value || null });
    return this.acts.set(key, { [field.name]: field.type === "checkbox" ? field.checked : field.value }, `${field.name} ${key}`);
  }

  showRow(key) { this.rows.get(key)?.scrollIntoView({ block: "nearest" }); }

  rename() {
    this.form.elements.name.focus();
    this.form.elements.name.select();
  }
}
