/* Copying the text of an element that a button names by data-copies. */

document.addEventListener("click", (event) => {
  const copier = event.target.closest("[data-copies]");
  if (copier) copy(copier);
});

/** Copy the text of the element that data-copies selects, and say so on the button. */
async function copy(button) {
  const source = document.querySelector(button.dataset.copies);
  if (navigator.clipboard) await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  else copySelected(source); // browsers keep the clipboard from scripts of plain http
  const words = button.textContent;
  if (words === button.dataset.copied) return;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = words; }, 1500);
}

function copySelected(source) {
  if (source.select) source.select();
  else getSelection().selectAllChildren(source);
  document.execCommand("copy");
}
