import { Failure } from "./failure";
import { BASE } from "./site";

export interface Request {
  method: "GET" | "POST" | "DELETE";
  path: string;
  timeout: number;
  token?: string;
  body?: object;
}

/** One request; a status other than 2xx is a Failure, though WeChat calls it a success. */
export function request<T>({ method, path, timeout, token, body }: Request, onStart?: (task: { abort(): void }) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const task = wx.request({
      url: BASE + path,
      method,
      timeout,
      header: {
        ...(body ? { "content-type": "application/json" } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { data: body } : {}),
      success({ statusCode, data }) {
        if (statusCode >= 200 && statusCode < 300) resolve(data as T);
        else reject(new Failure("refused", statusCode, saidIn(data)));
      },
      fail: ({ errMsg }) => reject(new Failure(/time ?out/i.test(errMsg) ? "timeout" : "offline")),
    });
    onStart?.(task);
  });
}

function saidIn(data: unknown): string {
  const error = typeof data === "object" && data !== null ? (data as { error?: unknown }).error : null;
  return typeof error === "string" ? error : "";
}
