import type { News } from "../api/types";

/** What tabs of one conversation tell each other. */
export type Told = { kind: "news"; news: News } | { kind: "removed" };

/** A line to the other tabs of this browser; silent where the browser has none. */
export class Tabs {
  readonly #line: BroadcastChannel | null;

  constructor(name: string, heard: (told: Told) => void) {
    this.#line = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    if (this.#line) this.#line.onmessage = (event: MessageEvent<Told>) => heard(event.data);
  }

  /** Tells the other tabs. */
  tell(told: Told): void {
    this.#line?.postMessage(told);
  }

  close(): void {
    this.#line?.close();
  }
}
