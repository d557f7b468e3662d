/* The form of a source: fields that do not matter are not shown, and a folder that was
   picked fills in its own. */

const form = document.querySelector(".source-form");

function showWhatMatters() {
  for (const part of form.querySelectorAll("[data-when]")) {
    const [name, value] = part.dataset.when.split("=");
    const other = form.elements[name];
    part.hidden = other.value !== value && !part.querySelector(".errorlist");
  }
}

function take({ folder, name, account }) {
  form.elements.place_folder.value = folder;
  form.elements.place_folder_name.value = name;
  form.elements.connection.value = account;
  form.elements.name.value ||= name.slice(0, 100);
  document.getElementById("folders").replaceChildren();
  form.elements.place_folder.focus();
}

if (form) {
  showWhatMatters();
  form.addEventListener("change", showWhatMatters);
  form.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-folder]");
    if (chosen) take(chosen.dataset);
  });
}
