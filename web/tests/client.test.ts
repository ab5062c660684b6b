import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BearerAccess } from "../src/api/access";
import { ChatApi } from "../src/api/client";
import { FakeServer } from "./server";

let server: FakeServer;
beforeEach(() => {
  localStorage.clear();
  server = new FakeServer().install();
});
afterEach(() => void vi.unstubAllGlobals());

const bearer = () => new ChatApi("http://office.test", new BearerAccess("http://office.test"));
const tokens = () => server.requests.filter(({ path }) => path === "/api/chat").map(({ headers }) => headers.get("Authorization"));

it("asks for a token once, also when two requests begin together", async () => {
  const api = bearer();
  await Promise.all([api.history(), api.history()]);
  expect(server.requests.filter(({ path }) => path === "/api/session")).toHaveLength(1);
  expect(new Set(tokens())).toEqual(new Set(["Bearer token-1"]));
});

it("keeps the token over visits", async () => {
  await bearer().history();
  await bearer().history();
  expect(server.requests.filter(({ path }) => path === "/api/session")).toHaveLength(1);
});

it("renews a token that the server no longer accepts, once", async () => {
  const api = bearer();
  await api.history();
  server.next = [{ status: 401, error: "过期" }];
  await api.history();
  expect(tokens()).toEqual(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
});
