/* Forms that ask first, and lists that submit when something else is chosen. */

document.addEventListener("click", (event) => {
  const asker = event.target.closest("[data-confirm]");
  if (asker && !confirm(asker.dataset.confirm)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});
