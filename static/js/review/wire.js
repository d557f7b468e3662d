/* What the review sends: one request after the other, so that each is decided on what
   the one before has left. */

let line = Promise.resolve();

/** A refusal, as a sentence to show. */
export class Refused extends Error {}

/** POST *data* once all that was sent before is answered; the answer's text.
    @throws {Refused} the server says why it cannot be; *lost* where none answers. */
export function send(url, data, lost) {
  const answer = line.then(() => post(url, data, lost));
  line = answer.catch(() => {});
  return answer;
}

async function post(url, data, lost) {
  const headers = { "X-CSRFToken": token() };
  let response;
  try {
    response = await fetch(url, { method: "POST", headers, body: new URLSearchParams(data), keepalive: true });
  } catch {
    throw new Refused(lost);
  }
  if (response.redirected || response.status === 404) {
    location.reload(); // one was logged out meanwhile, or it is gone: the page says so
    return new Promise(() => {});
  }
  const text = await response.text();
  if (response.ok) return text;
  throw new Refused(response.headers.get("Content-Type").startsWith("text/plain") ? text : lost);
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

/** Tell the server on the way out; nobody waits for the answer. */
export function tellOnLeaving(url, data) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token());
  for (const [name, value] of data) body.append(name, value);
  navigator.sendBeacon(url, body);
}

export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
