import { expect, it } from "vitest";
import { guidePath, isNotice } from "../src/state/links";
import { keepsForLater, kindOf, matterPayload } from "../src/state/payloads";
import { turn } from "./real";

it("the address of a chain holds what was chosen", () => {
  expect(guidePath(turn("chain", 0).card)).toBe("/guide/zhoucun/second-hand-home");
  expect(guidePath(turn("chain", 1).card)).toBe("/guide/zhoucun/second-hand-home?mortgage=yes");
  expect(guidePath(turn("smalltalk").card)).toBeNull();
});

it.each(["/notice/zhoucun/birth.pdf", "/notice/huancui?matters=huancui.individual.1,huancui.individual.2"])("%s is a notice", (path) => {
  expect(isNotice(path)).toBe(true);
});

it.each(["javascript:alert(1)", "//evil.test/notice/", "https://evil.test/notice/x", "/notice/../api", "/notice/<img>", undefined])(
  "%s is no notice",
  (path) => expect(isNotice(path)).toBe(false),
);

it("payloads say what they are, and which of them last", () => {
  expect(kindOf(matterPayload("zhoucun.individual.3"))).toBe("matter");
  expect(kindOf("失业金怎么领")).toBe("");
  expect(keepsForLater('/choose{"payload":"rate:5"}')).toBe(false);
  expect(keepsForLater(matterPayload("zhoucun.individual.3"))).toBe(true);
});
