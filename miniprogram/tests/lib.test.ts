import { expect, test } from "vitest";
import { newId } from "../src/lib/id";
import { parametersOf, queryOf } from "../src/lib/query";
import { chainAsked, chainUrl, factsOf, urlOf } from "../src/lib/routes";
import { wording } from "../src/lib/wording";

test("an id is a UUID and differs", () => {
  const ids = Array.from({ length: 200 }, () => newId());
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(200);
});

test("parameters come back as they went", () => {
  const values = { q: "买 二手房&=?#", region: "changle" };
  expect(parametersOf(`/x${queryOf(values)}`)).toEqual(values);
  expect(queryOf({})).toBe("");
  expect(queryOf(values)).toBe(`?${new URLSearchParams({ q: "买 二手房&=?#", region: "changle" })}`.replaceAll("+", "%20"));
  expect(parametersOf("/x?broken=%E4%zz")).toEqual({ broken: "%E4%zz" });
});

test.each([
  ["/guide/changle/second-hand-home?mortgage=yes", "/pages/chain/chain?mortgage=yes&region=changle&scenario=second-hand-home"],
  ["/matter/changle.individual.57.1", "/pages/matter/matter?id=changle.individual.57.1"],
  ["/guide/changle", ""],
  ["https://elsewhere.example/guide/a/b", ""],
  ["javascript:alert(1)", ""],
])("the address %s opens our own page", (path, url) => expect(urlOf(path)).toBe(url));

test("a chain's address is read back to what it was made from", () => {
  const facts = { mortgage: "yes", kind: "住房" };
  const query = parametersOf(chainUrl("changle", "second-hand-home", facts));
  expect(chainAsked(query)).toEqual({ region: "changle", scenario: "second-hand-home", facts });
  const condition = { question: "", why: "", options: [] };
  expect(factsOf({ kind: "chain", conditions: [{ ...condition, id: "a", chosen: "1" }, { ...condition, id: "b", chosen: null }] })).toEqual({ a: "1" });
});

test("no wording is empty", () => {
  const texts = (part: object): unknown[] => Object.values(part).flatMap((one) => (typeof one === "object" && one ? texts(one) : [one]));
  for (const text of texts(wording)) if (typeof text === "string") expect(text.trim()).not.toBe("");
});
