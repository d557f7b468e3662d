/* Saving: a sentence at what is wrong, a new address for a new layout, no change lost. */

import { find, plain } from "./regions.js";
import { ask, fill } from "./wire.js";

const $ = (id) => document.getElementById(id);

export class Saving {
  constructor({ config, store, panel, acts, say }) {
    Object.assign(this, { config, store, panel, acts, say, isSaving: false });
    $("save")?.addEventListener("click", () => this.save());
    addEventListener("beforeunload", (event) => { if (this.isAtRisk) event.preventDefault(); });
  }

  get isAtRisk() { return this.config.mayChange && this.store.isDirty && !this.isLeaving; }

  draw() {
    $("dirty").hidden = !this.isAtRisk;
  }

  async save() {
    if (!this.config.mayChange || this.isSaving) return;
    const [wrong] = this.panel.draw();
    if (wrong) return this.refuse(wrong[1], wrong[0]);
    const state = this.store.now;
    this.isSaving = true;
    const answer = await ask(this.config.urls.save, this.wish(state), this.config.words);
    this.isSaving = false;
    if (answer.error) return this.refuse(answer.error, state.regions[answer.region]?.key);
    return this.settle(answer, state);
  }

  wish(state) {
    const { name, ...definition } = plain(state);
    const { pages } = this.config;
    return { name: name.trim(), definition, document: pages[0].document, page: pages[0].number, last_page: pages.at(-1).number };
  }

  refuse(sentence, key) {
    this.panel.refusal = key ? { key, sentence } : null;
    $("trouble-words").textContent = sentence;
    $("trouble").hidden = false;
    $("saved").hidden = true;
    if (key && find(this.store.now, key)) {
      this.acts.select(key);
      this.panel.draw();
      this.panel.showRow(key);
    }
  }

  settle({ url, version, unapproved, urls }, state) {
    const { config, store } = this;
    if (config.isNew) history.replaceState(null, "", url);
    Object.assign(config, { isNew: false, urls: { ...config.urls, ...urls } });
    this.panel.refusal = null;
    store.markSaved(state);
    store.tell("place");
    $("trouble").hidden = true;
    $("saved").hidden = false;
    $("saved-words").textContent = fill(config.words.saved, { version });
    $("try-saved").href = $("try").href = config.urls.try;
    $("try").hidden = false;
    $("again").action = config.urls.again;
    $("again").hidden = !unapproved;
    $("again-words").textContent = fill(config.words.again, { n: unapproved });
    $("version").textContent = fill(config.words.version, { version });
    this.say(fill(config.words.saved, { version }));
  }
}
