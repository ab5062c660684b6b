import { Failure } from "./failure";
import { request } from "./http";

const LOGIN_MS = 10_000;
/** A token that is nearly out is not used any more. */
const SPARE_SECONDS = 60;

/** A session of the message API for whoever uses this telephone; the token is in memory only. */
export class Login {
  #token = "";
  #until = 0;
  #asking: Promise<string> | null = null;

  /** The token, after a login where there is none or it has run out. */
  token(now = Date.now()): Promise<string> {
    if (this.#token && now < this.#until) return Promise.resolve(this.#token);
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Forgets the token: the server did not take it. */
  forget(): void {
    this.#token = "";
  }

  async #ask(): Promise<string> {
    const code = await codeOfWeChat();
    const got = await request<{ token: string; expires_in: number }>({
      method: "POST",
      path: "/api/miniprogram/session",
      timeout: LOGIN_MS,
      body: { code },
    });
    this.#token = got.token;
    this.#until = Date.now() + (got.expires_in - SPARE_SECONDS) * 1000;
    return got.token;
  }
}

function codeOfWeChat(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      timeout: LOGIN_MS,
      success: ({ code }) => (code ? resolve(code) : reject(new Failure("login"))),
      fail: () => reject(new Failure("login")),
    });
  });
}
