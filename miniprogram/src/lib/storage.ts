import type { Audience, Outgoing } from "./types";

// What this telephone keeps; nothing of it is sent anywhere but what a message carries.

const PREFIX = "yilianban.";

/** Where and for whom: picked, or learnt from an answer; the audience may be open. */
export interface Place {
  region: string;
  name: string;
  audience: Audience | null;
}

function read<T>(name: string, otherwise: T): T {
  try {
    const found: unknown = wx.getStorageSync(PREFIX + name);
    return found === "" || found === undefined || found === null ? otherwise : (found as T);
  } catch {
    return otherwise;
  }
}

/** A full or closed storage loses what it should keep, and nothing else. */
function write(name: string, value: unknown): void {
  try {
    if (value === null) wx.removeStorageSync(PREFIX + name);
    else wx.setStorageSync(PREFIX + name, value);
  } catch {
    return;
  }
}

const ticksOf = (region: string, scenario: string): string => `done.${region}.${scenario}`;

export const storage = {
  place: (): Place | null => read<Place | null>("place", null),
  keepPlace: (place: Place): void => write("place", place),

  isElder: (): boolean => read("elder", false),
  keepElder: (elder: boolean): void => write("elder", elder || null),

  draft: (): string => read("draft", ""),
  keepDraft: (text: string): void => write("draft", text || null),

  /** Messages that had not arrived when the mini-program was closed; they go again under their own ids. */
  outbox: (): Outgoing[] => {
    const kept = read<unknown>("outbox", []);
    return Array.isArray(kept) ? (kept as Outgoing[]).filter(({ id, text }) => typeof id === "string" && typeof text === "string") : [];
  },
  keepOutbox: (messages: readonly Outgoing[]): void => write("outbox", messages.length ? messages : null),

  /** Matters of a chain that were ticked off. */
  ticks: (region: string, scenario: string): string[] => read<string[]>(ticksOf(region, scenario), []),
  keepTicks: (region: string, scenario: string, done: readonly string[]): void =>
    write(ticksOf(region, scenario), done.length ? done : null),

  /** Forgets everything that the mini-program has kept. */
  clear: (): void => {
    for (const name of wx.getStorageInfoSync().keys) {
      if (name.startsWith(PREFIX)) write(name.slice(PREFIX.length), null);
    }
  },
};
