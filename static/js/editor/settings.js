/* The layout's own settings: name, languages, how values are printed, rules, constants. */

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** "supplier = ACME", one a line, as {supplier: "ACME"}; what follows the first = is the value. */
function pairs(text) {
  const found = lines(text).map((line) => line.split("=")).filter((parts) => parts.length > 1);
  return Object.fromEntries(found.map(([name, ...value]) => [name.trim(), value.join("=").trim()]));
}

const readers = {
  rules: (text) => lines(text),
  constants: pairs,
};
const writers = {
  rules: (rules) => rules.join("\n"),
  constants: (constants) => Object.entries(constants).map((pair) => pair.join(" = ")).join("\n"),
};

export class Settings {
  constructor(form, name, store) {
    Object.assign(this, { form, name, store });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => this.take(target));
    name.addEventListener("input", () => this.change({ name: name.value }, "name of all"));
  }

  change(parts, tag) { this.store.change({ ...this.store.now, ...parts }, tag); }

  take(field) {
    const { languages } = this.store.now;
    const value = field.name === "languages"
      ? (field.checked ? [...languages, field.value] : languages.filter((code) => code !== field.value))
      : (readers[field.name] ?? String)(field.value);
    this.change({ [field.name]: value }, `setting ${field.name}`);
  }

  draw() {
    const { now } = this.store;
    if (this.name !== document.activeElement) this.name.value = now.name;
    for (const field of this.form.elements) {
      if (!field.name || field === document.activeElement) continue;
      if (field.name === "languages") field.checked = now.languages.includes(field.value);
      else field.value = (writers[field.name] ?? String)(now[field.name]);
    }
  }
}
