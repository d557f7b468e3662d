/* Questions to the server: JSON out and in; whatever goes wrong comes back as a sentence. */

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];

/** The answer; {error: sentence} where there is none. */
export async function ask(url, data, words) {
  try {
    const response = await fetch(url, data ? {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(data),
    } : {});
    if (response.url.includes("/accounts/login/")) return { error: words.loggedOut };
    if (response.status === 403) return { error: words.refused };
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return isJson ? await response.json() : { error: words.broken };
  } catch {
    return { error: words.offline };
  }
}

/** *sentence* with its places, such as %(name)s, filled. */
export const fill = (sentence, parts) => sentence.replace(/%\((\w+)\)s/g, (_place, name) => parts[name]);
