import { beforeEach, expect, test } from "vitest";
import pages from "./pages.json";
import { drawn, freshPhone, Phone, read, tap, touch, settled, type Answer } from "./phone";

let phone: Phone;
const QUERY = { region: "changle", scenario: "second-hand-home" };

beforeEach(async () => {
  phone = await freshPhone(({ path }): Answer =>
    path.startsWith("/api/chain/changle/second-hand-home")
      ? { status: 200, body: path.includes("mortgage=no") ? pages.chainWithout : pages.chain }
      : { status: 404, body: { error: "没有这个地区的清单。" } },
  );
});

test("a chain is a timeline with department, source and what the list does not say", async () => {
  const page = await phone.open("chain", QUERY);
  const words = read(page);
  for (const step of pages.chain.card.steps) {
    expect(words).toContain(step.title);
    expect(words).toContain(step.departments.join("、"));
    expect(words).toContain(`${step.source.document}第${step.source.row}项`);
  }
  for (const line of pages.chain.unsaid) expect(words).toContain(line);
  expect(page.dom.querySelectorAll("step-row")).toHaveLength(pages.chain.card.steps.length);
  expect(drawn(page)).toMatchSnapshot();
});

test("a condition changes the steps, and can be taken back", async () => {
  const page = await phone.open("chain", QUERY);
  await tap(page, "没有贷款（全款）");
  expect(phone.asked.at(-1)?.path).toBe("/api/chain/changle/second-hand-home?mortgage=no");
  expect(page.dom.querySelectorAll("step-row")).toHaveLength(pages.chainWithout.card.steps.length);
  expect(read(page)).toContain("按您选的情况，没有列入");
  await tap(page, "还没定");
  expect(phone.asked.at(-1)?.path).toBe("/api/chain/changle/second-hand-home");
});

test("what is ticked off stays on the telephone", async () => {
  const page = await phone.open("chain", QUERY);
  touch(page.dom.querySelectorAll("[class*=step-mark]")[1] as Element);
  await settled();
  expect(read(page)).toContain("已办好 1 / 4 项");
  const again = await phone.open("chain", QUERY);
  expect(read(again)).toContain("已办好 1 / 4 项");
  expect(phone.asked.every(({ body }) => body === undefined)).toBe(true);
  await tap(again, "清掉勾选");
  expect(read(again)).not.toContain("已办好");
  expect(phone.storage.size).toBe(0);
});

test("a share card opens the same chain under the same conditions", async () => {
  const page = await phone.open("chain", QUERY);
  await tap(page, "没有贷款（全款）");
  const { path, title } = page.instance.onShareAppMessage();
  expect(title).toBe(pages.chain.title);
  const query = Object.fromEntries(new URLSearchParams(path.split("?")[1]));
  expect(path.split("?")[0]).toBe("/pages/chain/chain");
  await phone.open("chain", query);
  expect(phone.asked.at(-1)?.path).toBe("/api/chain/changle/second-hand-home?mortgage=no");
  expect(page.instance.onShareTimeline().query).toBe(path.split("?")[1]);
});

test("a step leads to its matter, the button to the notice", async () => {
  const page = await phone.open("chain", QUERY);
  await tap(page, pages.chain.card.steps[0]?.title ?? "");
  expect(phone.opened.at(-1)).toBe(`/pages/matter/matter?id=${pages.chain.card.steps[0]?.matter_id}`);
  await tap(page, "一次性告知单");
  expect(phone.opened.at(-1)).toBe("/pages/notice/notice?region=changle&scenario=second-hand-home");
});

test("what is not there is said in the server's words; a lost network can be tried again", async () => {
  expect(read(await phone.open("chain", { region: "atlantis", scenario: "birth" }))).toContain("没有这个地区的清单。");
  const works = phone.server;
  phone.server = () => "timeout";
  const page = await phone.open("chain", QUERY);
  expect(read(page)).toContain("等了很久");
  expect(phone.asked.slice(-2).map(({ path }) => path)).toEqual(Array(2).fill("/api/chain/changle/second-hand-home"));
  phone.server = works;
  await tap(page, "再试一次");
  expect(page.dom.querySelectorAll("step-row")).toHaveLength(4);
});
