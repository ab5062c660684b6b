import type { Access } from "./access";
import { Failure } from "./failure";
import type { History, News, Outgoing, RegionChoice } from "./types";

/** A little longer than the server gives itself for an answer. */
const ANSWER_MS = 35_000;
const LOOK_MS = 15_000;
const POLL_MS = 35_000;

/** The portal's message API. */
export class ChatApi {
  constructor(
    readonly origin: string,
    readonly access: Access,
  ) {}

  /** The conversation so far. */
  history(): Promise<History> {
    return this.#ask<History>("GET", "/api/chat", LOOK_MS);
  }

  /** Sends a message; the same id gives the same answer, so sending again is safe. */
  send(message: Outgoing): Promise<News> {
    return this.#ask<News>("POST", "/api/chat", ANSWER_MS, message);
  }

  /** Waits for messages after `after` that nobody asked for: a person's, or a change of the hand-off. */
  events(after: number, signal: AbortSignal): Promise<News> {
    return this.#ask<News>("GET", `/api/chat/events?after=${after}`, POLL_MS, undefined, signal);
  }

  /** Deletes the conversation on the server. */
  async remove(): Promise<void> {
    await this.#ask<null>("DELETE", "/api/chat", LOOK_MS, {});
  }

  /** Regions with the audiences that they have a list for. */
  async regions(): Promise<RegionChoice[]> {
    const answer = await fetch(`${this.origin}/web/regions`, { credentials: "omit" });
    if (!answer.ok) throw new Failure("refused", null, answer.status);
    return (await answer.json()) as RegionChoice[];
  }

  async #ask<T>(method: string, path: string, limit: number, body?: unknown, signal?: AbortSignal): Promise<T> {
    const ends = new AbortController();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      ends.abort();
    }, limit);
    const giveUp = (): void => ends.abort();
    signal?.addEventListener("abort", giveUp);
    try {
      let answer = await this.#fetch(method, path, body, ends.signal);
      if (answer.status === 401 && this.access.renew()) {
        answer = await this.#fetch(method, path, body, ends.signal);
      }
      if (answer.status === 204) return null as T;
      const told: unknown = await answer.json().catch(() => null);
      if (!answer.ok) throw new Failure("refused", errorOf(told), answer.status);
      return told as T;
    } catch (error) {
      throw error instanceof Failure ? error : new Failure(late ? "timeout" : "offline");
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
    }
  }

  async #fetch(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const base = await this.access.prepare();
    const headers = new Headers(base.headers);
    if (body !== undefined) headers.set("Content-Type", "application/json");
    return fetch(`${this.origin}${path}`, {
      ...base,
      method,
      headers,
      signal,
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

function errorOf(told: unknown): string | null {
  const error = typeof told === "object" && told !== null && "error" in told ? told.error : null;
  return typeof error === "string" ? error : null;
}
