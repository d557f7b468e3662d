/* A line cut out of the page's picture, upright and enlarged; it follows the caret. */

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 0.3; // of the line's height, around it

/** Show in *frame* what *outline*, a polygon of *picture*, runs around; nothing without. */
export function showCrop(frame, outline, picture) {
  const image = picture.querySelector("image");
  frame.hidden = !outline || !image;
  if (frame.hidden) return;
  const [start, end, , foot] = [...outline.points]; // clockwise from the text's top left
  const width = distance(start, end), height = distance(start, foot), margin = MARGIN * height;
  const crop = document.createElementNS(SVG, "svg");
  crop.setAttribute("viewBox", [-margin, -margin, width + 2 * margin, height + 2 * margin].join(" "));
  frame.classList.toggle("tall", height > width);
  crop.style.aspectRatio = `${width + 2 * margin} / ${height + 2 * margin}`;
  const angle = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
  const copy = image.cloneNode();
  copy.setAttribute("transform", `rotate(${-angle}) translate(${-start.x} ${-start.y})`);
  crop.append(copy);
  frame.replaceChildren(crop);
}

const distance = (one, other) => Math.hypot(other.x - one.x, other.y - one.y) || 1;

/** Bring what stands about where the caret of *input* is into sight. */
export function followCaret(frame, input) {
  const share = input.selectionStart / (input.value.length || 1);
  const across = input.matches(":dir(rtl)") ? 1 - share : share;
  frame.classList.toggle("rtl", input.matches(":dir(rtl)"));
  frame.scrollLeft = across * frame.scrollWidth - frame.clientWidth / 2;
}
