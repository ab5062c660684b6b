import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cookieAccess } from "../src/api/access";
import { ChatApi } from "../src/api/client";
import { Conversation } from "../src/state/conversation";
import { zh } from "../src/wording/zh";
import { entry } from "./real";
import { FakeServer } from "./server";

let server: FakeServer;
const opened: Conversation[] = [];

function conversation(): Conversation {
  const made = new Conversation(new ChatApi("http://office.test", cookieAccess), () => zh.problems, () => ({ region: "zhoucun", audience: null }));
  opened.push(made);
  return made;
}

const said = (made: Conversation) => made.view.value.entries.map(({ text }) => text.split("\n")[0]);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  server = new FakeServer().install();
});
afterEach(() => {
  for (const made of opened.splice(0)) made.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a message", () => {
  it("is answered, and nothing of it stays pending", async () => {
    const made = conversation();
    await made.open();
    await made.send("刚买了套二手房");
    expect(said(made)).toHaveLength(2);
    expect(made.view.value.pending).toEqual([]);
    expect(made.view.value.fresh).toHaveLength(2);
    expect(server.requests.at(-1)?.body).toMatchObject({ text: "刚买了套二手房", region: "zhoucun" });
  });

  it("stays with words and a way to retry when the network is lost, and is answered once", async () => {
    const made = conversation();
    await made.open();
    server.next = ["answerLost"];
    await made.send("刚买了套二手房");
    const [failed] = made.view.value.pending;
    expect(failed).toMatchObject({ state: "failed", failed: zh.problems.offline, lost: true });
    await made.retry(failed?.id ?? "");
    expect(server.requests.filter(({ method }) => method === "POST").map(({ body }) => body?.id)).toEqual([failed?.id, failed?.id]);
    expect(server.entries).toHaveLength(2);
    expect(said(made)).toHaveLength(2);
    expect(made.view.value.pending).toEqual([]);
  });

  it("goes by itself when the connection is back", async () => {
    const made = conversation();
    await made.open();
    server.next = ["lost"];
    await made.send("护照");
    dispatchEvent(new Event("offline"));
    expect(made.view.value.online).toBe(false);
    dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(made.view.value.pending).toEqual([]));
    expect(said(made)[0]).toBe("护照");
  });

  it("that the server refuses says so in the server's words and does not go by itself", async () => {
    const made = conversation();
    await made.open();
    server.next = [{ status: 429, error: "您发得太快了，请过一分钟再发。" }];
    await made.send("护照");
    expect(made.view.value.pending[0]).toMatchObject({ failed: "您发得太快了，请过一分钟再发。", lost: false });
    dispatchEvent(new Event("online"));
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("that is not answered in time is explained", async () => {
    const made = conversation();
    await made.open();
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) =>
      new Promise((__, reject) => signal?.addEventListener("abort", () => reject(new DOMException("late", "AbortError")))));
    const sent = made.send("护照");
    await vi.advanceTimersByTimeAsync(36_000);
    await sent;
    expect(made.view.value.pending[0]?.failed).toBe(zh.problems.timeout);
  });

  it("that had not arrived survives a reload of the tab, under its id", async () => {
    const before = conversation();
    await before.open();
    server.next = ["lost"];
    await before.send("护照");
    before.close();
    const after = conversation();
    await after.open();
    expect(after.view.value.pending).toEqual([
      expect.objectContaining({ id: before.view.value.pending[0]?.id, text: "护照", state: "failed", failed: zh.problems.unsent }),
    ]);
    after.discard(after.view.value.pending[0]?.id ?? "");
    expect(sessionStorage.length).toBe(0);
  });
});

describe("a conversation", () => {
  it("is restored, silently", async () => {
    server.entries = [entry(1, "citizen", "护照"), entry(2, "assistant", "好")];
    const made = conversation();
    expect(await made.open()).toMatchObject({ region: "zhoucun" });
    expect(said(made)).toEqual(["护照", "好"]);
    expect(made.view.value.fresh).toEqual([]);
  });

  it("that cannot be restored is restored when asked again", async () => {
    server.next = ["lost"];
    const made = conversation();
    await made.open();
    expect(made.view.value.phase).toBe("failed");
    await made.restore();
    expect(made.view.value.phase).toBe("ready");
  });

  it("is the same in two tabs, and gone in both when deleted", async () => {
    const [one, other] = [conversation(), conversation()];
    await Promise.all([one.open(), other.open()]);
    await one.send("刚买了套二手房");
    await vi.waitFor(() => expect(said(other)).toEqual(said(one)));
    await other.remove();
    await vi.waitFor(() => expect(one.view.value.entries).toEqual([]));
    expect(server.entries).toEqual([]);
  });

  it("stays where the server could not delete it", async () => {
    const made = conversation();
    await made.open();
    await made.send("护照");
    server.next = [{ status: 503, error: "没有删成" }];
    await expect(made.remove()).rejects.toThrow("503");
    expect(said(made)).toHaveLength(2);
  });

  it("is listened to only while a person is waited for", async () => {
    const polls = () => server.requests.filter(({ path }) => path === "/api/chat/events").length;
    const made = conversation();
    await made.open();
    await made.send("你好");
    expect(polls()).toBe(0);
    server.handoff = { state: "waiting", place: 1, by: null };
    await made.send("转人工");
    await vi.waitFor(() => expect(polls()).toBe(1));
  });
});
