/* The pages of a layout: which is shown, a further one, one that nobody has read yet. */

import { ask } from "./wire.js";

const SOON = 1500; // ms until a page that is being read is asked for again
const $ = (id) => document.getElementById(id);

export class Pages {
  constructor({ config, store, canvas, say }) {
    Object.assign(this, { config, store, canvas, say });
    $("previous").addEventListener("click", () => this.turn(-1));
    $("next").addEventListener("click", () => this.turn(1));
    $("more").addEventListener("click", () => this.addNext());
    $("read").addEventListener("click", () => this.read());
  }

  get all() { return this.config.pages; }
  get page() { return this.all[this.store.place - 1]; }

  draw() {
    const { all, page, store, config } = this;
    this.canvas.show(page, store.place === all.length);
    $("place").textContent = config.words.place.replace("%(n)s", store.place).replace("%(count)s", all.length);
    $("previous").disabled = store.place === 1;
    $("next").disabled = store.place === all.length;
    $("pager").hidden = all.length === 1;
    $("more").hidden = !config.mayChange || !config.isNew || page.number >= config.pageCount || store.place < all.length;
    this.drawState(page);
  }

  drawState({ lines, picture, reading }) {
    $("veil").hidden = Boolean(picture);
    $("unread").hidden = lines !== null || !this.config.mayChange;
    $("read").hidden = reading;
    $("unread-words").textContent = reading ? this.config.words.isRead : this.config.words.isUnread;
    clearTimeout(this.timer);
    if (reading || !picture) this.timer = setTimeout(() => this.refresh(), SOON);
  }

  turn(by) {
    const place = this.store.place + by;
    if (place >= 1 && place <= this.all.length) this.store.show(place);
  }

  async fetch(page) {
    const { document, number } = page;
    return document ? ask(`${this.config.urls.page}?document=${document}&page=${number}`, null, this.config.words) : page;
  }

  async addNext() {
    const page = await this.fetch({ ...this.page, number: this.page.number + 1 });
    if (page.error) return this.say(page.error, true);
    this.all.push({ ...page, place: this.all.length + 1, template: null });
    return this.store.show(this.all.length);
  }

  /** Only the lines and the picture may have come meanwhile. */
  async refresh() {
    const { place } = this.store;
    const { lines, picture, reading, error } = await this.fetch(this.all[place - 1]);
    if (error) return this.say(error, true);
    const before = this.all[place - 1];
    this.all[place - 1] = { ...before, lines, reading, picture: before.picture || picture };
    if (place === this.store.place) this.store.tell("place");
    return undefined;
  }

  async read() {
    const { document } = this.page;
    const { error } = await ask(this.config.urls.read, { document }, this.config.words);
    if (error) return this.say(error, true);
    return this.refresh();
  }
}
