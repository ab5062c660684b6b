import type { Outgoing } from "../api/types";
import { readText, writeText } from "./storage";

/** A message on its way; `failed` says in words why it did not arrive. */
export interface Pending extends Outgoing {
  state: "sending" | "failed";
  failed: string | null;
  /** Whether it can go by itself once there is a connection again. */
  lost: boolean;
}

const NAME = "yilianban.outbox";

/** Messages that had not arrived when this tab was reloaded; they can be sent again under the same id. */
export function readOutbox(words: string): Pending[] {
  try {
    const kept: unknown = JSON.parse(readText(NAME, "session") ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter(isOutgoing).map((message) => ({ ...message, state: "failed", failed: words, lost: true }));
  } catch {
    return [];
  }
}

/** Keeps them for this tab only: a conversation is nothing for the next user of the device. */
export function writeOutbox(pending: readonly Pending[]): void {
  const kept = pending.map(({ id, text, label, region, audience }) => ({ id, text, label, region, audience }));
  writeText(NAME, kept.length ? JSON.stringify(kept) : null, "session");
}

function isOutgoing(value: unknown): value is Outgoing {
  return typeof value === "object" && value !== null && "id" in value && "text" in value
    && typeof value.id === "string" && typeof value.text === "string";
}
