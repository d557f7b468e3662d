/* The grid of one kind: arrows go from value to value, Enter confirms what is not marked. */

const form = document.getElementById("grid");
const boxes = [...(form?.querySelectorAll("[name=odd]") ?? [])];
const button = document.getElementById("confirm");

/** How many stand in a row. */
function across() {
  const tops = boxes.map((box) => box.getBoundingClientRect().top);
  const first = tops.findIndex((top) => top !== tops[0]);
  return first < 0 ? tops.length : first;
}

const isMirrored = document.documentElement.dir === "rtl";
const steps = {
  ArrowRight: () => (isMirrored ? -1 : 1), ArrowLeft: () => (isMirrored ? 1 : -1),
  ArrowDown: across, ArrowUp: () => -across(),
};

form?.addEventListener("keydown", (event) => {
  const place = boxes.indexOf(event.target);
  if (place < 0) return;
  if (event.key === "Enter") form.requestSubmit();
  const to = boxes[place + (steps[event.key]?.() ?? NaN)];
  if (event.key in steps || event.key === "Enter") event.preventDefault();
  to?.focus();
});

form?.addEventListener("change", () => {
  const n = boxes.filter((box) => !box.checked).length;
  button.textContent = button.dataset.words.replace("#", n);
});

boxes[0]?.focus({ preventScroll: true });
