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

/** Tells something to eyes and screen readers. */
export function tell(text) {
  const told = byId("told");
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = text; });
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
