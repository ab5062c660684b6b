// Small helpers that every part of the page uses; words are always set as text, never as markup.
export const byId = (id) => document.getElementById(id);
export const words = JSON.parse(byId("wording").textContent);

/** The words with {names} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") element.addEventListener("click", value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const TOLD_FOR = 4000;
let told = 0;

/** Tells something to eyes and screen readers, and takes it out of the way again. */
export function tell(text) {
  clearTimeout(told);
  byId("told").textContent = "";
  requestAnimationFrame(() => { byId("told").textContent = text; });
  told = setTimeout(() => { byId("told").textContent = ""; }, TOLD_FOR);
}

/** A request to the desk; throws an Error with what the server says where it refuses. */
export async function ask(path, options = {}) {
  const response = await fetch(path, { credentials: "same-origin", ...options });
  if (response.ok) return response;
  const refusal = await response.json().catch(() => ({}));
  throw Object.assign(new Error(refusal.error || words.chats.failed), { status: response.status });
}

/** Sends a change as JSON. */
export const send = (path, body = {}) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
