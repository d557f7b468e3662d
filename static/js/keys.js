/* Keys without a field: a letter pressed on the page itself. */

const inField = (target) => target.closest("input, select, textarea, [contenteditable]");
const inDialog = () => document.querySelector("dialog[open]");

/** Whether a plain key was pressed outside of fields and dialogs. */
export const isPlainKey = (event) =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !inField(event.target) && !inDialog();
