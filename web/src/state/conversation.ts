import type { ChatApi } from "../api/client";
import { Failure } from "../api/failure";
import type { Audience, Entry, Handoff, News, Outgoing } from "../api/types";
import { type Pending, readOutbox, writeOutbox } from "./outbox";
import { Tabs } from "./tabs";
import { Watched } from "./watched";

/** All that the page shows of a conversation. */
export interface View {
  phase: "loading" | "ready" | "failed";
  entries: readonly Entry[];
  pending: readonly Pending[];
  handoff: Handoff | null;
  online: boolean;
  /** Entries that came after the page was opened: these are announced. */
  fresh: readonly Entry[];
}

/** Words for what can go wrong on the way; the page's wording gives them. */
export interface Words {
  offline: string;
  timeout: string;
  broken: string;
  unsent: string;
}

/** The region and audience that go with a message. */
export type Where = () => { region: string | null; audience: Audience | null };

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const EMPTY: View = { phase: "loading", entries: [], pending: [], handoff: null, online: true, fresh: [] };

/** One conversation with the server: sending, sending again, restoring, other tabs, and messages of a person. */
export class Conversation {
  readonly view = new Watched<View>(EMPTY);
  #tabs: Tabs | null = null;
  #last = 0;
  #polling: AbortController | null = null;

  constructor(
    private readonly api: ChatApi,
    private readonly words: () => Words,
    private readonly where: Where,
    private readonly newId: () => string = randomId,
  ) {}

  /** Restores the conversation and listens for the network; returns what it was about. */
  async open(): Promise<{ region: string | null; audience: Audience | null } | null> {
    this.#change({ online: navigator.onLine, pending: readOutbox(this.words().unsent), fresh: [] });
    this.#tabs = new Tabs(`yilianban ${this.api.access.name} ${this.api.origin}`, (told) => {
      if (told.kind === "news") this.#take(told.news, true);
      else this.#clear();
    });
    addEventListener("online", this.#connected);
    addEventListener("offline", this.#disconnected);
    document.addEventListener("visibilitychange", this.#listen);
    return this.restore();
  }

  /** Asks the server for the conversation, at the start or after that failed. */
  async restore(): Promise<{ region: string | null; audience: Audience | null } | null> {
    try {
      const history = await this.api.history();
      this.#take(history, false);
      this.#change({ phase: "ready" });
      return history;
    } catch {
      this.#change({ phase: "failed" });
      return null;
    }
  }

  /** Stops listening. */
  close(): void {
    removeEventListener("online", this.#connected);
    removeEventListener("offline", this.#disconnected);
    document.removeEventListener("visibilitychange", this.#listen);
    this.#stopPolling();
    this.#tabs?.close();
  }

  /** Sends words, or an option's payload with the label that stood on it. */
  send(text: string, label?: string): Promise<void> {
    const { region, audience } = this.where();
    return this.#deliver({
      id: this.newId(),
      text,
      ...(label === undefined ? {} : { label }),
      ...(region ? { region } : {}),
      ...(audience ? { audience } : {}),
    });
  }

  /** Sends a failed message again under its own id: the server answers it once. */
  retry(id: string): Promise<void> {
    const found = this.view.value.pending.find((message) => message.id === id);
    return found?.state === "failed" ? this.#deliver(found) : Promise.resolve();
  }

  /** Gives a failed message up. */
  discard(id: string): void {
    this.#setPending(this.view.value.pending.filter((message) => message.id !== id));
  }

  /** Deletes the conversation on the server and here; throws a Failure where the server did not. */
  async remove(): Promise<void> {
    await this.api.remove();
    this.#clear();
    this.#tabs?.tell({ kind: "removed" });
  }

  #change(part: Partial<View>): void {
    this.view.set({ ...this.view.value, ...part });
  }

  #setPending(pending: readonly Pending[]): void {
    writeOutbox(pending);
    this.#change({ pending });
  }

  async #deliver(message: Outgoing): Promise<void> {
    const { id, text, label, region, audience } = message;
    const plain = { id, text, ...(label === undefined ? {} : { label }), ...(region ? { region } : {}), ...(audience ? { audience } : {}) };
    const others = this.view.value.pending.filter((other) => other.id !== id);
    this.#setPending([...others, { ...plain, state: "sending", failed: null, lost: false }]);
    try {
      const news = await this.api.send(plain);
      this.#setPending(this.view.value.pending.filter((other) => other.id !== id));
      this.#take(news, true);
      this.#tabs?.tell({ kind: "news", news });
    } catch (error) {
      const failed = this.view.value.pending.map((other): Pending =>
        other.id === id ? { ...other, state: "failed", failed: this.#why(error), lost: isLost(error) } : other,
      );
      this.#setPending(failed);
    }
  }

  #why(error: unknown): string {
    const words = this.words();
    if (!(error instanceof Failure)) return words.broken;
    if (error.reason === "refused") return error.said ?? words.broken;
    return words[error.reason];
  }

  #take(news: News, isNew: boolean): void {
    const known = new Set(this.view.value.entries.map((entry) => entry.n));
    const added = news.messages.filter((entry) => !known.has(entry.n));
    const entries = [...this.view.value.entries, ...added].sort((one, other) => one.n - other.n);
    this.#last = Math.max(this.#last, news.last, ...added.map((entry) => entry.n));
    this.#change({
      entries,
      handoff: news.handoff,
      ...(isNew && added.length ? { fresh: added } : {}),
    });
    this.#listen();
  }

  #stopPolling(): void {
    this.#polling?.abort();
    this.#polling = null;
  }

  #clear(): void {
    this.#stopPolling();
    this.#last = 0;
    writeOutbox([]);
    this.#change({ entries: [], pending: [], fresh: [], handoff: null, phase: "ready" });
  }

  readonly #connected = (): void => {
    this.#change({ online: true });
    if (this.view.value.phase === "failed") void this.restore();
    for (const message of this.view.value.pending) if (message.lost) void this.retry(message.id);
    this.#listen();
  };

  readonly #disconnected = (): void => this.#change({ online: false });

  /** Waits for a person's messages while one is wanted and somebody looks at the page; else stops waiting. */
  readonly #listen = (): void => {
    const wanted = ["waiting", "taken"].includes(this.view.value.handoff?.state ?? "") && !document.hidden;
    if (!wanted) {
      this.#stopPolling();
    } else if (!this.#polling) {
      this.#polling = new AbortController();
      void this.#poll(this.#polling.signal);
    }
  };

  async #poll(signal: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        const news = await this.api.events(this.#last, signal);
        pause = FIRST_PAUSE_MS;
        if (signal.aborted) return;
        this.#take(news, true);
        if (news.messages.length) this.#tabs?.tell({ kind: "news", news });
      } catch {
        if (signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }
}

/** 128 random bits; crypto.randomUUID is missing where a page is served without TLS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isLost(error: unknown): boolean {
  return error instanceof Failure && error.reason === "offline";
}
