/* The way from a document to the comparison, and the offer to choose what is shown. */

/** The way leads to the page that is open. */
document.addEventListener("htmx:afterSwap", () => {
  const link = document.getElementById("to-compare");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set("page", document.getElementById("page").dataset.number);
  link.href = address;
});

/** When the shown reading has ended it can be chosen: what is offered is asked for anew. */
document.addEventListener("htmx:afterSettle", () => {
  const choice = document.querySelector("#choice[data-waits]");
  if (!choice || /[qr]/i.test(document.getElementById("job").dataset.states)) return;
  delete choice.dataset.waits;
  htmx.ajax("GET", location.href, { target: "#choice", select: "#choice", swap: "outerHTML" });
});
