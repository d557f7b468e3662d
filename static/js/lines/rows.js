/* The lines of the page that shows: their rows, outlines and addresses. */

export const textOf = (row) => row.querySelector(".t").textContent;

export class Rows {
  constructor(reader, words) {
    Object.assign(this, { reader, words });
    this.pencil = reader.querySelector("#line-pencil")?.content.firstElementChild; // none for who only looks
  }

  get list() { return this.reader.querySelector("#lines .lines"); }

  all() { return [...(this.list?.children ?? [])]; }
  at(place) { return this.list?.querySelector(`li[data-line="${place}"]`); }
  url(place) { return this.list.dataset.url.replace(/0\/$/, `${place}/`); }
  /** The row of that address, if its page is the one that shows. */
  of(url) { return this.all().find((row) => this.url(row.dataset.line) === url); }
  outline(place) { return this.reader.querySelector(`polygon[data-line="${place}"]`); }
  /** The place of the next doubtful line after *place*. */
  doubtfulAfter(place) { return this.all().slice(place + 1).find((row) => row.matches(".doubtful"))?.dataset.line; }

  /** The lit line carries the one pencil, and its sign is within reach of Tab. */
  mark(row) {
    row.querySelector(".sign")?.setAttribute("tabindex", 0);
    if (!this.pencil || !row.matches("#lines .editable li")) return;
    this.pencil.setAttribute("aria-label", this.words.edit.replace("%n%", Number(row.dataset.line) + 1));
    if (this.pencil.parentNode !== row) row.append(this.pencil); // one that is pressed stays
  }

  /** A row as it will be once the server has it. */
  saving(former, text) {
    const row = former.cloneNode(true);
    row.querySelector(".pencil")?.remove();
    row.querySelector(".t").textContent = text;
    row.classList.remove("lo", "doubtful", "failed");
    row.classList.add("saving");
    return row;
  }

  exchange(old, row) {
    const isLit = old.matches(".on"), isFocused = old.contains(document.activeElement);
    row.tabIndex = old.tabIndex;
    old.replaceWith(row);
    if (isFocused) row.focus({ preventScroll: true });
    row.classList.toggle("on", isLit);
    if (isLit) this.mark(row);
  }

  /** What depends on a line, from the answer that brought it. */
  showAround(fresh) {
    const { reader } = this, { dataset, classList } = fresh.querySelector("li");
    const outline = this.outline(dataset.line), isLit = outline?.matches(".on");
    outline?.setAttribute("class", `${classList[0] ?? ""} ${isLit ? "on" : ""}`); // the first is its level
    reader.querySelector("#doubtful").replaceWith(fresh.querySelector("#doubtful"));
    reader.querySelector("#layout pre").textContent = fresh.querySelector("#layout").textContent;
    reader.querySelector("#plain").textContent = fresh.querySelector("#plain").textContent;
    reader.dispatchEvent(new CustomEvent("corrected", { bubbles: true })); // for what else shows the text
  }
}
