import { expect, it } from "vitest";
import { announcementOf, proseOf } from "../src/state/prose";
import { zh } from "../src/wording/zh";
import { REAL, turn } from "./real";

const proseIn = (name: string, at = 0) => {
  const { text, card } = turn(name, at);
  return proseOf(text, card);
};

it("a chain keeps its lead; steps, sources, questions and what follows are drawn", () => {
  expect(proseIn("chain")).toEqual([expect.stringContaining("购置二手房")]);
});

it("what a list does not say stays", () => {
  expect(proseIn("menu").join()).toContain("清单没有写办理地点");
  expect(proseIn("slot", 2).join()).toMatch(/清单/);
});

it("the numbers behind buttons and the paths behind links are not said twice", () => {
  expect(proseIn("clarify")).toHaveLength(1);
  expect(proseIn("rating")).toHaveLength(1);
  expect(proseIn("notice", 1).join()).not.toContain("/notice/");
});

it("no reply is left without words", () => {
  for (const turns of Object.values(REAL)) for (const { text, card } of turns) expect(proseOf(text, card)[0]).toBeTruthy();
});

it("a message without a card is whole", () => {
  expect(proseOf("1. 先来\n2. 再来", null)).toEqual(["1. 先来", "2. 再来"]);
});

it("one announcement says what came and how much, not all of it", () => {
  const { text, card } = turn("chain");
  const told = announcementOf(text, card, zh.card.steps);
  expect(told).toContain("购置二手房");
  expect(told).toContain("4 项");
  expect(told.length).toBeLessThan(80);
  const slot = turn("slot", 1);
  expect(announcementOf(slot.text, slot.card, zh.card.steps)).toContain("派出所");
});
