// The look-up on the left: searches as one types, opens with the keyboard.
import { ask, byId, fill, make, words } from "./dom.js";
import { open } from "./chain.js";

const PAUSE = 60;
const query = byId("query");
const region = byId("region");
const list = byId("results");
const found = byId("found");
let hits = [];
let at = 0;
let turn = 0;
let timer = 0;

const pathOf = (kind, target) => {
  if (kind === "scenario") return `/desk/chain/${target.region}/${encodeURIComponent(target.id)}`;
  if (kind === "matter") return `/desk/matter/${encodeURIComponent(target.id)}`;
  return `/desk/list?${new URLSearchParams({ region: target.region, kind, name: target.id })}`;
};

async function search() {
  const mine = ++turn;
  if (!query.value.trim()) return showRecent();
  try {
    const asked = new URLSearchParams({ q: query.value, region: region.value });
    const answer = await (await ask(`/desk/find?${asked}`)).json();
    if (mine !== turn) return;
    const count = fill(words.search.count, { count: answer.hits.length });
    show(answer.hits, answer.hits.length ? count : words.search.none);
  } catch (error) {
    if (mine === turn) show([], error.status === 401 ? error.message : words.search.failed);
  }
}

// What was opened last, on this machine only: titles of the catalogue, nothing about a caller.
const RECENT = "yilianban_desk_recent";
const MOST_RECENT = 9;

function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) ?? [];
  } catch {
    return [];
  }
}

function remember(hit) {
  const others = recent().filter((one) => one.kind !== hit.kind || one.title !== hit.title || one.audience !== hit.audience);
  try {
    localStorage.setItem(RECENT, JSON.stringify([hit, ...others].slice(0, MOST_RECENT)));
  } catch {
    // A browser that keeps nothing still searches.
  }
}

function showRecent() {
  const opened = recent();
  show(opened, opened.length ? words.search.recent : words.search.empty);
}

function show(next, told) {
  hits = next;
  at = 0;
  found.textContent = told;
  list.replaceChildren(...hits.map(option));
  query.setAttribute("aria-expanded", String(hits.length > 0));
  mark();
}

function option(hit, number) {
  const audience = words.audiences[hit.audience];
  const kind = [words.search.kinds[hit.kind], audience].filter(Boolean).join(" · ");
  const where = hit.targets.map((target) => words.regions[target.region]).join("、");
  return make("li", { role: "option", id: `hit-${number}`, on: () => openHit(number) },
    number < 9 ? make("kbd", { "aria-hidden": "true" }, String(number + 1)) : "",
    make("span", {}, make("strong", {}, hit.title), " ", make("span", { class: "soft" }, kind),
      make("br"), make("span", { class: "soft" }, `${where} ${hit.targets[0].note}`)));
}

function mark() {
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  const current = list.children[at];
  if (current) {
    query.setAttribute("aria-activedescendant", current.id);
    current.scrollIntoView({ block: "nearest" });
  } else query.removeAttribute("aria-activedescendant");
}

/** Moves the choice up or down. */
export function move(by) {
  if (!hits.length) return;
  at = (at + by + hits.length) % hits.length;
  mark();
}

/** Opens a hit, in the region picked where it has one there. */
export function openHit(number = at) {
  const hit = hits[number];
  if (!hit) return;
  at = number;
  mark();
  remember(hit);
  open(pathOf(hit.kind, hit.targets.find((target) => target.region === region.value) ?? hit.targets[0]));
}

/** Picks a region (the next one where none is named) and searches again. */
export function pickRegion(name) {
  if (name === undefined) region.selectedIndex = (region.selectedIndex + 1) % region.options.length;
  else if (region.value) region.value = name;
  search();
}

export const focus = () => { query.focus(); query.select(); };

/** What is shown before anything is typed. */
export const begin = () => { showRecent(); focus(); };

query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, PAUSE); });
region.addEventListener("change", search);
byId("find").addEventListener("submit", (event) => event.preventDefault());
query.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    clearTimeout(timer);
    // What was typed last counts, also where the answer is still on its way.
    search().then(() => openHit());
  }
});
