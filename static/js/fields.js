/* The shared fields: move rows up and down, and always have an empty one at the end. */

const list = document.getElementById("columns");
const rows = () => [...list.children];
const isEmpty = (row) => !row.querySelector("[name=name]").value.trim();

function keepOneEmpty() {
  const last = rows().at(-1);
  if (!last || isEmpty(last)) return;
  const row = last.cloneNode(true);
  for (const input of row.querySelectorAll("input")) input.value = "";
  row.querySelector("select").selectedIndex = 0;
  list.append(row);
}

function move(row, by) {
  const to = rows()[rows().indexOf(row) + by];
  if (!to) return;
  if (by < 0) to.before(row);
  else to.after(row);
  row.querySelector(`[data-move="${by}"]`).focus();
  const said = document.getElementById("said");
  said.textContent = `${said.dataset.moved}: ${rows().indexOf(row) + 1}`;
}

for (const moves of list.querySelectorAll(".moves")) moves.hidden = false;
list.addEventListener("input", keepOneEmpty);
list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-move]");
  if (button) move(button.closest("li"), Number(button.dataset.move));
});
