/** Why a request failed: `offline` no connection, `timeout` no answer in time, `refused` the server's own words. */
export type Reason = "offline" | "timeout" | "refused";

/** A request that failed; `said` is what the server said about it, in words for a citizen. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    readonly reason: Reason,
    readonly said: string | null = null,
    readonly status: number | null = null,
  ) {
    super(`${reason}${status === null ? "" : ` ${status}`}`);
  }
}
