/* Regions as plain data, boxes in fractions of the page: every act returns anew. */

const LEAST = 0.004; // of a side: less cannot be grasped
export const LAST = -1;
const BLANK = {
  name: "", kind: "text", page: 1, anchor: null, engine: "", languages: [],
  required: false, pattern: "", check: "", list: null, field: "",
};
let made = 0;

const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
const round = (value) => Math.round(value * 1e5) / 1e5;
const rounded = ({ left, top, right, bottom }) => ({ left: round(left), top: round(top), right: round(right), bottom: round(bottom) });

/* Boxes */

export const between = (a, b) => rounded({
  left: clamp(Math.min(a.x, b.x), 0, 1), top: clamp(Math.min(a.y, b.y), 0, 1),
  right: clamp(Math.max(a.x, b.x), 0, 1), bottom: clamp(Math.max(a.y, b.y), 0, 1),
});
export const isTooSmall = ({ left, top, right, bottom }) => right - left < LEAST || bottom - top < LEAST;

export function moved({ left, top, right, bottom }, dx, dy) {
  const x = clamp(dx, -left, 1 - right), y = clamp(dy, -top, 1 - bottom);
  return rounded({ left: left + x, top: top + y, right: right + x, bottom: bottom + y });
}

/** Pull at *handle*: the letters of the sides that move, such as "n" or "se". */
export function resized({ left, top, right, bottom }, handle, dx, dy) {
  if (handle.includes("w")) left = clamp(left + dx, 0, right - LEAST);
  if (handle.includes("e")) right = clamp(right + dx, left + LEAST, 1);
  if (handle.includes("n")) top = clamp(top + dy, 0, bottom - LEAST);
  if (handle.includes("s")) bottom = clamp(bottom + dy, top + LEAST, 1);
  return rounded({ left, top, right, bottom });
}

/* Definitions */

export const region = (parts) => ({ ...BLANK, ...parts, key: `r${(made += 1)}` });
export const find = ({ regions }, key) => regions.find((one) => one.key === key);
const withRegions = (definition, regions) => ({ ...definition, regions });

export const added = (definition, one) => withRegions(definition, [...definition.regions, one]);
export const removed = (definition, key) => withRegions(definition, definition.regions.filter((one) => one.key !== key));
export const changed = (definition, key, parts) =>
  withRegions(definition, definition.regions.map((one) => (one.key === key ? { ...one, ...parts } : one)));

export function shifted(definition, key, by) {
  const regions = [...definition.regions];
  const from = regions.findIndex((one) => one.key === key);
  const to = clamp(from + by, 0, regions.length - 1);
  if (from < 0 || from === to) return definition;
  regions.splice(to, 0, ...regions.splice(from, 1));
  return withRegions(definition, regions);
}

/** *wish*, with a number after it where the name is taken. */
export function freeName({ regions }, wish) {
  const taken = new Set(regions.map((one) => one.name.trim()));
  let name = wish, number = 1;
  while (taken.has(name)) name = `${wish} ${(number += 1)}`;
  return name;
}

/** What is wrong with each region, by its key. */
export function problems({ regions }, words) {
  const found = new Map();
  for (const { key, name, anchor } of regions) {
    const twin = regions.find((one) => one.key !== key && one.name.trim() === name.trim());
    if (!name.trim()) found.set(key, words.nameless);
    else if (twin) found.set(key, words.twice);
    else if (anchor && !anchor.text.trim()) found.set(key, words.labelless);
  }
  return found;
}

/** As the server wants it: without our keys. */
export const plain = (definition) =>
  withRegions(definition, definition.regions.map(({ key, ...rest }, order) => ({ ...rest, name: rest.name.trim(), order })));
