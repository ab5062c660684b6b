import { wording } from "./wording";

/** Why a request failed: no connection, no answer in time, WeChat's login, or the server's own word. */
export type Reason = "offline" | "timeout" | "login" | "refused";

/** A request that failed; `said` is what the server said about it, in words for a citizen. */
export class Failure extends Error {
  constructor(
    readonly reason: Reason,
    readonly status = 0,
    readonly said = "",
  ) {
    super(`${reason} ${status}`);
  }
}

/** What a person reads about it. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Failure)) return wording.problems.broken;
  if (error.reason === "refused") return error.said || wording.problems.broken;
  return wording.problems[error.reason];
}

/** Whether the same request may well succeed a little later. */
export function isPassing(error: unknown): boolean {
  return error instanceof Failure && (error.reason === "offline" || error.reason === "timeout" || error.status === 503);
}
