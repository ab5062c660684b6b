// What the page sends for a tap; the server accepts these and nothing like them as a command.

/** Begins a new conversation within the session. */
export const RESTART = "/restart_guidance";

const KIND = /^\/choose\{"payload":"([a-z]+):/;
/** Choices that only make sense right after the reply that offered them. */
const OF_THE_MOMENT = new Set(["more", "rate", "region", "audience", "fact", "handoff"]);

/** One matter in full. */
export function matterPayload(id: string): string {
  return `/choose{"payload":"matter:${id}"}`;
}

/** The last question again, in another region. */
export function regionPayload(id: string): string {
  return `/choose{"payload":"region:${id}"}`;
}

/** What sort of choice a payload is: `matter`, `scenario`, `fact` …; empty for words. */
export function kindOf(payload: string): string {
  return KIND.exec(payload)?.[1] ?? "";
}

/** Whether an older reply can still offer it. */
export function keepsForLater(payload: string): boolean {
  return !OF_THE_MOMENT.has(kindOf(payload));
}
