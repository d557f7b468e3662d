/* A box on the page, by its four corners in pixels of the page: moved, made larger. */

const LEAST = 4; // pixels: a box holds some print at least

export const bounds = (corners) => {
  const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
};

/** Edge *index* (from corner index to the next) carried along its own normal. */
export function withEdgeMoved(corners, index, dx, dy, size) {
  const [a, b] = [index, (index + 1) % 4];
  const [x, y] = [corners[b][0] - corners[a][0], corners[b][1] - corners[a][1]];
  const length = Math.hypot(x, y) || 1;
  const normal = [-y / length, x / length];
  const by = dx * normal[0] + dy * normal[1];
  const moved = corners.map(([px, py], place) =>
    place === a || place === b ? [px + by * normal[0], py + by * normal[1]] : [px, py]);
  return valid(within(moved, size), corners);
}

export const withAllMoved = (corners, dx, dy, size) => {
  const { left, top, width, height } = bounds(corners);
  const x = Math.max(-left, Math.min(dx, size.width - left - width));
  const y = Math.max(-top, Math.min(dy, size.height - top - height));
  return corners.map(([px, py]) => [px + x, py + y]);
};

/** Wider by *dx* and higher by *dy*, around its middle. */
export function resized(corners, dx, dy, size) {
  const { left, top, width, height } = bounds(corners);
  const middle = [left + width / 2, top + height / 2];
  const [across, down] = [(width + dx) / (width || 1), (height + dy) / (height || 1)];
  const moved = corners.map(([x, y]) =>
    [middle[0] + (x - middle[0]) * across, middle[1] + (y - middle[1]) * down]);
  return valid(within(moved, size), corners);
}

const within = (corners, { width, height }) =>
  corners.map(([x, y]) => [Math.max(0, Math.min(x, width)), Math.max(0, Math.min(y, height))]);

const valid = (corners, otherwise) => {
  const { width, height } = bounds(corners);
  return width >= LEAST && height >= LEAST && area(corners) > 0 ? corners : otherwise;
};

/** Above 0 as long as no edge was carried across the one opposite. */
const area = (corners) => corners.reduce((sum, [x, y], place) => {
  const [nx, ny] = corners[(place + 1) % 4];
  return sum + (x * ny - nx * y);
}, 0);

/** The part of the page to show: the box with what stands around it, as wide and high
    as *frame* asks for. */
export function closeUp(corners, size, frame) {
  const box = bounds(corners);
  const ratio = frame.width / frame.height || 1;
  const width = Math.max(box.width * 1.5, box.height * 3 * ratio, size.width * 0.28);
  const shown = Math.min(width, size.width), height = shown / ratio;
  const place = (middle, part, whole) => Math.max(Math.min(middle - part / 2, whole - part), Math.min(0, (whole - part) / 2));
  return [
    place(box.left + box.width / 2, shown, size.width),
    place(box.top + box.height / 2, height, size.height),
    shown, height,
  ];
}
