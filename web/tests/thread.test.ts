import { describe, expect, it } from "vitest";
import { isSwitchOf, threadOf } from "../src/state/thread";
import { en } from "../src/wording/en";
import { zh } from "../src/wording/zh";
import { entry, turn } from "./real";

const [chain, chosen] = [turn("chain", 0), turn("chain", 1)];
const question = chain.card.conditions?.find(({ id }) => id === "mortgage")?.question ?? "";
const first = [entry(1, "citizen", chain.said), entry(2, "assistant", chain.text, chain.card)];
const tapped = entry(3, "citizen", zh.card.chosen(question, "有贷款"));
const keys = (entries: Parameters<typeof threadOf>[0]) => threadOf(entries).now.map(({ key, entry: { n } }) => [key, n]);

describe("switches", () => {
  it("change the chain that they stand on, in its place", () => {
    expect(keys([...first, tapped, entry(4, "assistant", chosen.text, chosen.card)])).toEqual([[1, 1], [2, 4]]);
  });

  it("fold one after the other, and back again", () => {
    const undone = entry(5, "citizen", zh.card.unsureSaid(question));
    const entries = [...first, tapped, entry(4, "assistant", chosen.text, chosen.card), undone, entry(6, "assistant", chain.text, chain.card)];
    expect(keys(entries)).toEqual([[1, 1], [2, 6]]);
  });

  it("are messages like others where something else came between, or the reply is another chain", () => {
    const other = turn("menu");
    expect(keys([...first, entry(3, "citizen", "谢谢"), entry(4, "assistant", "不客气"), { ...tapped, n: 5 }, entry(6, "assistant", chosen.text, chosen.card)])).toHaveLength(6);
    expect(keys([...first, tapped, entry(4, "assistant", other.text, other.card)])).toHaveLength(4);
  });

  it("are not taken for what a person types", () => {
    expect(isSwitchOf(chain.card, "有贷款")).toBe(false);
    expect(keys([...first, entry(3, "citizen", "有贷款"), entry(4, "assistant", chosen.text, chosen.card)])).toHaveLength(4);
  });

  it("are known in any language of the page", () => {
    expect(en.card.chosen(question, "有贷款")).toBe(zh.card.chosen(question, "有贷款"));
    expect(en.card.unsureSaid(question)).toBe(zh.card.unsureSaid(question));
  });
});

it.each([zh.newConversation, en.newConversation])("a new conversation (%s) parts what came before from what came since", (words) => {
  const thread = threadOf([...first, entry(3, "citizen", words), entry(4, "assistant", "好，从头来。"), entry(5, "citizen", "护照")]);
  expect(thread.earlier.map(({ key }) => key)).toEqual([1, 2]);
  expect(thread.now.map(({ key }) => key)).toEqual([5]);
});
