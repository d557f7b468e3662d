/* The history of a line in a dialog, each change with the way back. */

import { ask } from "./wire.js";

export class Past {
  /** *putBack* is called with the place of a line and the text it is to say again. */
  constructor(reader, words, putBack) {
    this.dialog = reader.querySelector("#line-history");
    this.words = words;
    this.dialog.addEventListener("click", ({ target }) => {
      const text = target.closest("[data-puts]")?.dataset.puts;
      if (text === undefined) return;
      this.dialog.close();
      putBack(this.place, text);
    });
  }

  async open(place, url) {
    this.place = place;
    this.dialog.querySelector("h2").textContent = this.words.history.replace("%n%", place + 1);
    const entries = this.dialog.querySelector(".entries");
    entries.replaceChildren(...(await ask(`${url}history/`, this.words)).children);
    this.dialog.showModal();
  }
}
