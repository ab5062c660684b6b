import recorded from "./cards.json";
import type { Card, Entry } from "../src/api/types";

/** Replies of the assistant as recorded: name → turns. */
export const REAL = recorded as unknown as Record<string, { said: string; text: string; card: Card }[]>;

/** The turn of a recorded conversation. */
export function turn(name: string, at = 0): { said: string; text: string; card: Card } {
  const found = REAL[name]?.[at];
  if (!found) throw new Error(`nothing recorded as ${name}`);
  return found;
}

/** An entry of a conversation. */
export function entry(n: number, author: Entry["author"], text: string, card: Card | null = null): Entry {
  return { n, author, name: null, text, card, at: n };
}
