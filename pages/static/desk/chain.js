// The chain in the middle: opened by address, beside another region, copied, printed.
import { ask, byId, tell, words } from "./dom.js";

const main = byId("chain");
const other = byId("other");
let turn = 0;

/** Shows what an address holds; the last one asked for wins. */
export async function open(path, pane = main) {
  const mine = ++turn;
  try {
    const html = await (await ask(path)).text();
    if (mine !== turn) return;
    // The server escapes everything that stands in it.
    pane.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    pane.hidden = false;
    if (pane === main) closeOther();
    pane.focus();
    pane.scrollTop = 0;
  } catch (error) {
    tell(error.message);
  }
}

const regionsOf = (pane) => [...pane.querySelectorAll(".regions a")];

/** The same scenario in the next region; whether there was a scenario open. */
export function nextRegion() {
  const links = regionsOf(main);
  if (links.length < 2) return null;
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[(at + 1) % links.length];
  open(next.getAttribute("href"));
  return next.dataset.region;
}

/** Another region beside this one; each time the next, after the last none. */
export function compare() {
  const here = main.querySelector("[data-region]")?.dataset.region;
  const links = regionsOf(main).filter((link) => link.dataset.region !== here);
  const shown = other.hidden ? null : other.querySelector("[data-region]")?.dataset.region;
  const next = links[shown ? links.findIndex((link) => link.dataset.region === shown) + 1 : 0];
  if (next) open(next.getAttribute("href"), other);
  else closeOther();
}

function closeOther() {
  other.hidden = true;
  other.replaceChildren();
}

/** One of the texts that the open chain is told in; empty where none is open. */
export const textOf = (name) =>
  [...main.querySelectorAll(`[data-copy="${name}"]`)].map((part) => part.textContent).join("\n");

/** Puts one of the texts on the clipboard. */
export async function copy(name) {
  const text = textOf(name);
  if (!text) return tell(words.chats.no_chain);
  tell((await write(text)) ? words.copied : words.not_copied);
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers give the clipboard to secure addresses only; the old way works everywhere.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    main.focus();
    return done;
  }
}

/** Opens the notice of the open chain as a document. */
export function notice(format) {
  const link = main.querySelector(`[data-notice="${format}"]`);
  if (link) link.click();
  else tell(words.chats.no_chain);
}

for (const pane of [main, other]) {
  pane.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open]");
    const button = event.target.closest("button[data-do]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(link.getAttribute("href"), pane);
    } else if (button && pane === main) copy(button.dataset.do);
  });
}
