/* The way to the comparison leads to the page that is open. */

const link = document.getElementById("to-compare");

document.addEventListener("htmx:afterSwap", () => {
  const address = new URL(link.href);
  address.searchParams.set("page", document.getElementById("page").dataset.number);
  link.href = address;
});
