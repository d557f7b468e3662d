/* The menu of formats: of which pages, and arrows from one choice to the next. */

const menu = () => document.getElementById("downloads");

/** Let the choices ask for the page that is open, or for all of them. */
function scope() {
  const isPage = menu().querySelector("[name=scope][value=page]")?.checked;
  for (const link of menu().querySelectorAll("[data-export]")) {
    const url = new URL(link.href);
    if (isPage) url.searchParams.set("page", document.getElementById("page").dataset.number);
    else url.searchParams.delete("page");
    link.href = url.href;
  }
}
document.addEventListener("change", ({ target }) => {
  if (target.name === "scope") scope();
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.elt.id === "page") scope();
});

/* On the page itself arrows go from line to line. */
document.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !event.target.closest("#downloads details[open]") || event.target.matches("input")) return;
  event.preventDefault();
  event.stopPropagation();
  const stops = [...menu().querySelectorAll("summary, .items a")];
  const next = stops[stops.indexOf(event.target) + by];
  next?.focus();
});
