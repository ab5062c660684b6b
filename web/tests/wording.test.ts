import { expect, it } from "vitest";
import { en } from "../src/wording/en";
import { zh } from "../src/wording/zh";

type Words = { [key: string]: unknown };

function* leaves(words: Words, path = ""): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "object" && value !== null) yield* leaves(value as Words, `${path}${key}.`);
    else yield [path + key, value];
  }
}

it("every language says everything", () => {
  expect([...leaves(en)].map(([path]) => path)).toEqual([...leaves(zh)].map(([path]) => path));
  const empty = [...leaves(en)].filter(([, value]) => value === "").map(([path]) => path);
  expect(empty).toEqual([]);
});

it("Chinese keeps to Chinese", () => {
  const foreign = [...leaves(zh)].filter(([, value]) => typeof value === "string" && /^[\x20-\x7e]+$/.test(value)).map(([path]) => path);
  expect(foreign).toEqual(["lang", "otherLanguage", "otherLanguageTag", "card.notices.pdf", "card.notices.docx"]);
});
