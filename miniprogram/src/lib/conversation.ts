import type { Api, Wait } from "./api";
import { isPassing, wordsOf } from "./failure";
import { newId } from "./id";
import { storage } from "./storage";
import type { Entry, Handoff, History, News, Outgoing } from "./types";
import { wording } from "./wording";

/** A message on its way; `failed` says in words why it did not arrive, empty while it is being sent. */
export interface Pending extends Outgoing {
  failed: string;
}

/** All that a page shows of the conversation. */
export interface View {
  phase: "loading" | "ready" | "failed";
  entries: readonly Entry[];
  pending: readonly Pending[];
  handoff: Handoff | null;
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** After a passing failure the same message goes once more by itself. */
const TRIES = 2;

/** One conversation with the server: sending, sending again, restoring, and a person's messages while a page looks on. */
export class Conversation {
  view: View = { phase: "loading", entries: [], pending: [], handoff: null };
  #watcher: (view: View) => void = () => undefined;
  #last = 0;
  #polling: { wait: Wait | null; ended: boolean } | null = null;
  #visible = false;

  constructor(
    private readonly api: Pick<Api, "history" | "send" | "remove" | "events">,
    private readonly pause: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** Tells this page, and no other, of every change. */
  watch(watcher: (view: View) => void): void {
    this.#watcher = watcher;
    watcher(this.view);
  }

  /** Whether somebody looks at it: only then it asks for a person's messages. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.#listen();
  }

  /** Asks the server for the conversation; what had not arrived before can be sent again. */
  async restore(): Promise<History | null> {
    this.#change({ phase: "loading", pending: storage.outbox().map((message) => ({ ...message, failed: wording.chat.unsent })) });
    try {
      const history = await this.api.history();
      if (!storage.place()) learnPlace(history);
      this.#take(history);
      this.#change({ phase: "ready" });
      return history;
    } catch {
      this.#change({ phase: "failed" });
      return null;
    }
  }

  /** Sends words, or an option's payload with the label that stood on it, for the place picked. */
  send(text: string, label = ""): Promise<void> {
    const place = storage.place();
    return this.#deliver({
      id: newId(),
      text,
      ...(label ? { label } : {}),
      ...(place ? { region: place.region } : {}),
      ...(place?.audience ? { audience: place.audience } : {}),
    });
  }

  /** Sends a failed message again under its own id: the server answers it once. */
  async retry(id: string): Promise<void> {
    const found = this.view.pending.find((message) => message.id === id && message.failed);
    if (found) await this.#deliver(found);
  }

  /** Gives a failed message up. */
  discard(id: string): void {
    this.#setPending(this.view.pending.filter((message) => message.id !== id));
  }

  /** Deletes the conversation on the server and here; throws a Failure where the server did not. */
  async remove(): Promise<void> {
    await this.api.remove();
    this.#stop();
    this.#last = 0;
    this.#setPending([]);
    this.#change({ phase: "ready", entries: [], handoff: null });
  }

  #change(part: Partial<View>): void {
    this.view = { ...this.view, ...part };
    this.#watcher(this.view);
  }

  #setPending(pending: readonly Pending[]): void {
    storage.keepOutbox(pending.map(outgoing));
    this.#change({ pending });
  }

  async #deliver(given: Outgoing): Promise<void> {
    const message = outgoing(given);
    this.#setPending([...this.view.pending.filter(({ id }) => id !== message.id), { ...message, failed: "" }]);
    try {
      const news = await this.#sendPatiently(message);
      learnPlace(news);
      this.#setPending(this.view.pending.filter(({ id }) => id !== message.id));
      this.#take(news);
    } catch (error) {
      const failed = wordsOf(error);
      this.#setPending(this.view.pending.map((other) => (other.id === message.id ? { ...other, failed } : other)));
    }
  }

  async #sendPatiently(message: Outgoing): Promise<News> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.api.send(message);
      } catch (error) {
        if (left <= 1 || !isPassing(error)) throw error;
        await this.pause(FIRST_PAUSE_MS);
      }
    }
  }

  #take(news: News): void {
    const known = new Set(this.view.entries.map(({ n }) => n));
    const entries = [...this.view.entries, ...news.messages.filter(({ n }) => !known.has(n))].sort((one, other) => one.n - other.n);
    this.#last = Math.max(this.#last, news.last);
    this.#change({ entries, handoff: news.handoff });
    this.#listen();
  }

  #stop(): void {
    if (this.#polling) this.#polling.ended = true;
    this.#polling?.wait?.stop();
    this.#polling = null;
  }

  #listen(): void {
    const state = this.view.handoff?.state;
    const wanted = this.#visible && (state === "waiting" || state === "taken");
    if (!wanted) this.#stop();
    else if (!this.#polling) void this.#poll((this.#polling = { wait: null, ended: false }));
  }

  async #poll(polling: { wait: Wait | null; ended: boolean }): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!polling.ended) {
      try {
        polling.wait = this.api.events(this.#last);
        const news = await polling.wait.news;
        pause = FIRST_PAUSE_MS;
        if (polling.ended) return;
        this.#take(news);
        // The server waits before it has nothing to tell; something between that does not wait must not be asked without end.
        if (!news.messages.length) await this.pause(FIRST_PAUSE_MS);
      } catch {
        if (polling.ended) return;
        await this.pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }
}

/** An answer for a region that was named or tapped sets the place: the next message must not lead back to the old one. */
function learnPlace({ messages }: News): void {
  const card = [...messages].reverse().find((entry) => entry.card?.region && entry.card.kind !== "compare")?.card;
  const place = storage.place();
  if (card?.region && card.region.id !== place?.region) storage.keepPlace({ region: card.region.id, name: card.region.name, audience: null });
}

function outgoing({ id, text, label, region, audience }: Outgoing): Outgoing {
  return { id, text, ...(label ? { label } : {}), ...(region ? { region } : {}), ...(audience ? { audience } : {}) };
}
