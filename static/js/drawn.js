/* The page drawn anew beside its scan: asked for when its tab is opened; both show the same place. */

const reader = document.getElementById("reader");
const $ = (selector) => reader.querySelector(selector);
const area = () => $("#drawn .area");
const twin = () => $(".redrawn"); // the scan's, drawn anew
const isOpen = () => reader.dataset.tab === "drawn" && Boolean(area());

/* What is drawn */

function open() {
  ask();
  slide();
  // Below the picture there is room for its slider.
  if (matchMedia("(max-width: 860px)").matches) $("#page").scrollIntoView();
}

/** Have the page drawn, unless it is there: the text may have been corrected meanwhile. */
function ask() {
  const background = reader.dataset.background ?? "white"; // kept from page to page
  for (const choice of reader.querySelectorAll("[data-background]")) {
    choice.setAttribute("aria-pressed", choice.dataset.background === background);
  }
  const url = `${$("#drawn").dataset.url}?background=${background}`;
  htmx.ajax("GET", url, { source: area(), target: area(), swap: "innerHTML" });
}

reader.addEventListener("click", ({ target }) => {
  const choice = target.closest("button[data-background]");
  if (!choice) return;
  reader.dataset.background = choice.dataset.background;
  ask();
});

/* The same answer again leaves all as it is; one that comes too late is not wanted. */
const shown = new WeakMap();
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target, xhr, requestConfig } = detail;
  if (!target.matches(".area") || xhr.status !== 200) return;
  if (shown.get(target) === xhr.responseText || !requestConfig.elt.isConnected) detail.shouldSwap = false;
  else shown.set(target, xhr.responseText);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.matches(".area")) lay();
});

/** Lay what was drawn over the scan, too: narrow screens show both in one place. */
function lay() {
  $(".stage .over")?.remove();
  const image = twin()?.querySelector("image");
  if (!image) return;
  const over = image.cloneNode();
  over.classList.add("over");
  $(".stage image")?.after(over);
  mirror();
  lightTwin();
}

reader.addEventListener("input", ({ target }) => {
  if (target.matches("#drawn [type=range]")) slide();
});
const slide = () => reader.style.setProperty("--share", `${$("#drawn [type=range]").value}%`);

/* Both show the same place: what becomes of the scan becomes of its twin. */

function mirror() {
  const picture = $(".picture");
  if (!twin()) return;
  twin().style.inlineSize = picture.style.inlineSize;
  twin().setAttribute("viewBox", picture.getAttribute("viewBox"));
  twin().firstElementChild.setAttribute("transform", picture.firstElementChild.getAttribute("transform") ?? "");
  follow($(".stage"), area());
}

const put = new WeakMap(); // where a pane was put by the other
const place = (pane) => `${pane.scrollLeft} ${pane.scrollTop}`;
function follow(from, to) {
  if (put.get(from) === place(from)) return put.delete(from);
  to.scrollTo(from.scrollLeft, from.scrollTop);
  put.set(to, place(to));
}
reader.addEventListener("scroll", ({ target }) => {
  if (!isOpen()) return;
  if (target === $(".stage")) follow(target, area());
  if (target === area()) follow(target, $(".stage"));
}, true);

/** The line that is lit on the scan. */
function lightTwin() {
  const lit = $(".stage polygon.on");
  $(".redrawn polygon")?.remove();
  if (lit) twin()?.firstElementChild.append(lit.cloneNode());
}

new MutationObserver((changes) => {
  if (!isOpen()) return;
  const picture = $(".picture");
  if (changes.some(({ attributeName }) => attributeName === "data-tab")) open();
  if (changes.some(({ target }) => target === picture)) mirror();
  if (changes.some(({ target }) => target.matches(".stage polygon"))) lightTwin();
}).observe(reader, { subtree: true, attributeFilter: ["data-tab", "style", "viewBox", "class"] });

/* Hands on the twin do to the scan what they would do there. */

function beside(event) {
  const [here, there] = [area(), $(".stage")].map((pane) => pane.getBoundingClientRect());
  return { clientX: event.clientX + there.x - here.x, clientY: event.clientY + there.y - here.y };
}
const isOnTwin = ({ target }) => Boolean(target.closest("#drawn .area") && twin());

reader.addEventListener("wheel", (event) => {
  if (!event.ctrlKey || !isOnTwin(event)) return;
  event.preventDefault();
  const { deltaY } = event;
  $(".stage").dispatchEvent(new WheelEvent("wheel", { ...beside(event), deltaY, ctrlKey: true, bubbles: true, cancelable: true }));
}, { passive: false });
reader.addEventListener("pointerdown", (event) => {
  if (!isOnTwin(event)) return;
  const { pointerType, button, clientX, clientY } = event; // a drag is measured from here
  $(".stage").dispatchEvent(new PointerEvent("pointerdown", { pointerType, button, clientX, clientY, bubbles: true }));
});
reader.addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || event.buttons || !isOnTwin(event)) return;
  const { clientX, clientY } = beside(event);
  const outline = document.elementFromPoint(clientX, clientY)?.closest(".stage polygon:not(.on)");
  outline?.dispatchEvent(new PointerEvent("pointerover", { pointerType: "mouse", bubbles: true }));
});
/* Arrows scroll here, and go from line to line elsewhere. */
reader.addEventListener("keydown", (event) => {
  if (event.key.startsWith("Arrow") && event.target.matches("#drawn .area")) event.stopPropagation();
});
