/* What the editing of lines sends: one request after the other, so that each finds the
   line as the one before has left it. */

import { parsed } from "../review/wire.js";

const PATIENCE = 30_000; // ms
let last = Promise.resolve();

/** A refusal, as a sentence to show, and the status that it came with (0: no answer). */
export class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** What the server answers once all that was sent before is answered; a POST if *data*.
    @throws {Refused} */
export function ask(url, words, data) {
  const answer = last.then(() => exchange(url, words, data));
  last = answer.catch(() => {});
  return answer;
}

/** Once all that was sent is answered. */
export const settled = () => last;

async function exchange(url, words, data) {
  let response, text;
  try {
    response = await fetch(url, { ...wish(data), signal: AbortSignal.timeout(PATIENCE) });
    text = await response.text();
  } catch {
    throw new Refused(words.lost, 0);
  }
  if (response.redirected) throw new Refused(words.loggedOut, 401); // to the way in
  if (response.ok) return parsed(text);
  if (response.headers.get("Content-Type")?.startsWith("text/plain")) throw new Refused(text, response.status);
  throw new Refused({ 403: words.forbidden, 404: words.gone }[response.status] ?? words.failed, response.status);
}

const wish = (data) => data && {
  method: "POST", body: new URLSearchParams(data), headers: { "X-CSRFToken": token() }, keepalive: true,
};

/** The cookie's: who logs in again in another tab gets another one. */
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
