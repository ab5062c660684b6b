import type { Card, Entry } from "../api/types";
import { RESTARTS } from "../wording";
import { zh } from "../wording/zh";

/** One thing that the page draws; `key` stays when a chain changes under its switches. */
export interface Item {
  key: number;
  entry: Entry;
}

/** The conversation as drawn: what stood before the last new beginning, and what came since. */
export interface Thread {
  earlier: readonly Item[];
  now: readonly Item[];
}

/** Folds switches of a chain into the chain's own card, and parts the conversation where a new one began. */
export function threadOf(entries: readonly Entry[]): Thread {
  const begun = lastIndex(entries, (entry) => entry.author === "citizen" && RESTARTS.includes(entry.text));
  if (begun < 0) return { earlier: [], now: folded(entries) };
  // The restart and the reply to it are no part of what was talked about.
  const rest = entries.slice(begun + 1);
  return { earlier: folded(entries.slice(0, begun)), now: folded(rest[0]?.author === "assistant" ? rest.slice(1) : rest) };
}

/** Whether these words are a switch of this card: its question, then one of its answers. */
export function isSwitchOf(card: Card | null, said: string): boolean {
  return (card?.conditions ?? []).some(
    ({ question, options }) =>
      said === zh.card.unsureSaid(question) || options.some(({ label }) => said === zh.card.chosen(question, label)),
  );
}

function folded(entries: readonly Entry[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at];
    if (!entry) continue;
    const before = items.at(-1);
    const after = entries[at + 1];
    if (before && after && entry.author === "citizen" && isSwitchOf(before.entry.card, entry.text) && isSameChain(before.entry, after)) {
      before.entry = after;
      at += 1;
    } else {
      items.push({ key: entry.n, entry });
    }
  }
  return items;
}

function isSameChain(one: Entry, other: Entry): boolean {
  return (
    other.card?.kind === "chain" &&
    one.card?.scenario?.id === other.card.scenario?.id &&
    one.card?.region?.id === other.card.region?.id
  );
}

function lastIndex<T>(list: readonly T[], holds: (item: T) => boolean): number {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const item = list[at];
    if (item !== undefined && holds(item)) return at;
  }
  return -1;
}
