import { Failure } from "./failure";
import { readText, writeText } from "../state/storage";

/** How requests say whose conversation they belong to. */
export interface Access {
  /** Which of a browser's conversations it opens: tabs of the same one tell each other. */
  readonly name: string;
  /** What every request carries. */
  prepare(): Promise<RequestInit>;
  /** Forgets what the server did not accept; false where there is nothing to renew. */
  renew(): boolean;
}

/** The portal's own page: the browser sends its cookie. */
export const cookieAccess: Access = {
  name: "cookie",
  prepare: () => Promise.resolve({ credentials: "same-origin" }),
  renew: () => false,
};

const TOKEN = "yilianban.token";

/** A page of another site: a token that the server gave, kept on the device so that the conversation is restored. */
export class BearerAccess implements Access {
  readonly name = "bearer";
  readonly #origin: string;
  #token: string | null = readText(TOKEN);
  #asking: Promise<string> | null = null;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async prepare(): Promise<RequestInit> {
    const token = this.#token ?? (await (this.#asking ??= this.#ask()));
    return { credentials: "omit", headers: { Authorization: `Bearer ${token}` } };
  }

  renew(): boolean {
    const had = this.#token !== null;
    this.#token = null;
    writeText(TOKEN, null);
    return had;
  }

  async #ask(): Promise<string> {
    try {
      const answer = await fetch(`${this.#origin}/api/session`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        credentials: "omit",
        body: "{}",
      });
      if (!answer.ok) throw new Failure("refused", null, answer.status);
      const { token } = (await answer.json()) as { token: string };
      this.#token = token;
      writeText(TOKEN, token);
      return token;
    } finally {
      this.#asking = null;
    }
  }
}
