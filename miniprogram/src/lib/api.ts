import { Failure, isPassing } from "./failure";
import { request, type Request } from "./http";
import type { Login } from "./login";
import { queryOf } from "./query";
import type { ChainPage, Found, GuidePage, History, MatterPage, News, Outgoing, Region } from "./types";

const LOOK_MS = 15_000;
/** A little longer than the server gives itself for an answer. */
const ANSWER_MS = 35_000;
const POLL_MS = 35_000;
const UNAUTHORIZED = 401;

export type Facts = Readonly<Record<string, string>>;
/** A wait that can be given up. */
export interface Wait {
  news: Promise<News>;
  stop(): void;
}

/** The backend: the message API behind a login, and the guide, which is open to all. */
export class Api {
  constructor(private readonly login: Login) {}

  /** The conversation so far. */
  history(): Promise<History> {
    return this.#own<History>({ method: "GET", path: "/api/chat", timeout: LOOK_MS });
  }

  /** Sends a message; the same id gives the same answer, so sending again is safe. */
  send(message: Outgoing): Promise<News> {
    return this.#own<News>({ method: "POST", path: "/api/chat", timeout: ANSWER_MS, body: message });
  }

  /** Deletes the conversation on the server. */
  async remove(): Promise<void> {
    await this.#own<unknown>({ method: "DELETE", path: "/api/chat", timeout: LOOK_MS, body: {} });
  }

  /** Waits for what nobody asked for: words of a person, or a change of the hand-off. */
  events(after: number): Wait {
    let stopped = false;
    let task: { abort(): void } | null = null;
    const news = this.#own<News>({ method: "GET", path: `/api/chat/events?after=${after}`, timeout: POLL_MS }, (begun) => {
      task = begun;
      if (stopped) begun.abort();
    });
    const stop = (): void => {
      stopped = true;
      task?.abort();
    };
    return { news, stop };
  }

  /** Regions with the audiences that they have a list for. */
  regions(): Promise<Region[]> {
    return look("/web/regions");
  }

  /** A region's scenarios and matters. */
  guide(region: string): Promise<GuidePage> {
    return look(`/api/guide/${encodeURIComponent(region)}`);
  }

  /** A scenario's chain under the conditions chosen. */
  chain(region: string, scenario: string, facts: Facts): Promise<ChainPage> {
    return look(`/api/chain/${encodeURIComponent(region)}/${encodeURIComponent(scenario)}${queryOf(facts)}`);
  }

  /** One matter. */
  matter(id: string): Promise<MatterPage> {
    return look(`/api/matters/${encodeURIComponent(id)}`);
  }

  /** Scenarios and matters for some words; without a region in all of them. */
  search(query: string, region: string): Promise<Found> {
    return look(`/api/search${queryOf({ q: query, ...(region ? { region } : {}) })}`);
  }

  /** A request of this person; where the token has run out, once more with a new one. */
  async #own<T>(asked: Request, onStart?: (task: { abort(): void }) => void): Promise<T> {
    try {
      return await request<T>({ ...asked, token: await this.login.token() }, onStart);
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== UNAUTHORIZED) throw error;
      this.login.forget();
      return request<T>({ ...asked, token: await this.login.token() }, onStart);
    }
  }
}

/** Reads something public; a slow network gets a second try. */
async function look<T>(path: string): Promise<T> {
  const asked: Request = { method: "GET", path, timeout: LOOK_MS };
  try {
    return await request<T>(asked);
  } catch (error) {
    if (!isPassing(error)) throw error;
    return request<T>(asked);
  }
}
