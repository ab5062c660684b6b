import type { Card } from "../api/types";
import { zh } from "../wording/zh";

const NUMBERED = /^\d+\. /;
const FIELDS = [zh.card.department, zh.card.place, zh.card.certificate, zh.card.source].map((label) => `${label}：`);

/** The lines of a reply that the card beside it does not already show: the lead first, then notes. */
export function proseOf(text: string, card: Card | null): string[] {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return card ? lines.filter((line) => !isDrawn(line, card)) : lines;
}

/** One sentence for a screen reader; the card is there to be read in its own time. */
export function announcementOf(text: string, card: Card | null, steps: (count: number) => string): string {
  const [lead = "", ...notes] = proseOf(text, card);
  const count = card?.steps?.length ?? 0;
  return count > 1 && card?.kind !== "slot" ? `${lead} ${steps(count)}` : [lead, ...notes].join(" ");
}

function isDrawn(line: string, card: Card): boolean {
  const listsSteps = ["chain", "matter", "list", "compare"].includes(card.kind) && Boolean(card.steps?.length);
  if (listsSteps && (NUMBERED.test(line) || FIELDS.some((field) => line.startsWith(field)))) return true;
  if (["slot", "refuse"].includes(card.kind) && FIELDS.some((field) => line.startsWith(field))) return true;
  if (card.kind === "clarify" && !card.steps?.length && NUMBERED.test(line)) return true;
  if (card.kind === "compare" && card.comparison?.some(({ region }) => region.name.endsWith(line.split("：")[0] ?? line))) return true;
  if (card.conditions?.some(({ question }) => line.startsWith(question))) return true;
  if (card.following?.length && card.following.every(({ title }) => line.includes(`“${title}”`))) return true;
  if (card.notice && line === `${zh.card.notice}：`) return true;
  return Object.values(card.notice ?? {}).some((path) => line.endsWith(path));
}
