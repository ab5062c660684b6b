import { beforeEach, expect, it, vi } from "vitest";
import { keptPreferences } from "../src/state/preferences";
import { forgetTicks, readTicks, writeTicks } from "../src/state/ticks";

beforeEach(() => localStorage.clear());

it("ticks belong to one chain in one region, and can be forgotten", () => {
  writeTicks("zhoucun", "birth", new Set(["zhoucun.individual.1"]));
  expect(readTicks("zhoucun", "birth")).toEqual(new Set(["zhoucun.individual.1"]));
  expect(readTicks("changle", "birth").size).toBe(0);
  forgetTicks();
  expect(readTicks("zhoucun", "birth").size).toBe(0);
});

it("preferences are remembered; what a link says goes before", () => {
  const kept = keptPreferences();
  kept.set({ region: "huancui", audience: "enterprise", language: "en", elder: true });
  expect(keptPreferences().value).toEqual(kept.value);
  expect(keptPreferences({ region: "zhoucun" }).value.region).toBe("zhoucun");
});

it("spoilt memory and forbidden memory are no memory", () => {
  localStorage.setItem("yilianban.done.zhoucun.birth", "{not json");
  localStorage.setItem("yilianban.audience", "alien");
  expect(readTicks("zhoucun", "birth").size).toBe(0);
  expect(keptPreferences().value.audience).toBeNull();
  vi.stubGlobal("localStorage", { getItem: () => { throw new Error("forbidden"); }, setItem: () => { throw new Error("forbidden"); } });
  expect(keptPreferences().value.region).toBeNull();
  expect(() => writeTicks("zhoucun", "birth", new Set(["a"]))).not.toThrow();
  vi.unstubAllGlobals();
});
