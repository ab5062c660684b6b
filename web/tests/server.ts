import { vi } from "vitest";
import type { Entry, Handoff } from "../src/api/types";
import { entry, turn } from "./real";

/** A small server that speaks the message API: answers with a recorded chain, keeps ids, can be away or refuse. */
export class FakeServer {
  entries: Entry[] = [];
  handoff: Handoff | null = null;
  requests: { method: string; path: string; body: { id: string; text: string } | null; headers: Headers }[] = [];
  /** What becomes of the next requests: answered, lost on the way there, lost on the way back, or refused. */
  next: ("answer" | "lost" | "answerLost" | { status: number; error: string })[] = [];
  #tokens = 0;
  readonly #answers = new Map<string, Entry[]>();

  install(): this {
    vi.stubGlobal("fetch", (url: string, init: RequestInit = {}) => this.#fetch(new URL(url, "http://office.test"), init));
    return this;
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response> {
    const method = init.method ?? "GET";
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as { id: string; text: string }) : null;
    this.requests.push({ method, path: url.pathname, body, headers: new Headers(init.headers) });
    if (url.pathname === "/api/chat/events") return this.#wait(init.signal);
    const fate = this.next.shift() ?? "answer";
    if (fate === "lost") throw new TypeError("network");
    if (typeof fate === "object") return json({ error: fate.error }, fate.status);
    const answer = this.#answer(method, url.pathname, body);
    if (fate === "answerLost") throw new TypeError("network");
    return answer;
  }

  #answer(method: string, path: string, body: { id: string; text: string } | null): Response {
    if (path === "/api/session") return json({ token: `token-${(this.#tokens += 1)}` }, 201);
    if (method === "DELETE") {
      this.entries = [];
      return new Response(null, { status: 204 });
    }
    const news = (messages: Entry[]) => ({ messages, handoff: this.handoff, last: this.entries.at(-1)?.n ?? 0 });
    if (method === "GET") return json({ ...news(this.entries), region: "zhoucun", audience: null });
    if (!body) return json({ error: "?" }, 400);
    const known = this.#answers.get(body.id);
    if (known) return json(news(known));
    const { text, card } = turn("chain");
    const n = (this.entries.at(-1)?.n ?? 0) + 1;
    const made = [entry(n, "citizen", body.text), entry(n + 1, "assistant", text, card)];
    this.#answers.set(body.id, made);
    this.entries.push(...made);
    return json(news(made));
  }

  /** Long polls stay open until they are given up. */
  #wait(signal: AbortSignal | null | undefined): Promise<Response> {
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new DOMException("gone", "AbortError"))));
  }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
