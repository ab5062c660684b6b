// The same pages on the real backend: pytest starts it and says where it is and which codes WeChat's twin knows.
import { beforeEach, expect, test } from "vitest";
import { freshPhone, Phone, read, settled, tap, type Answer } from "./phone";

const BACKEND = process.env.YILIANBAN_BACKEND ?? "";
const CODES = (process.env.YILIANBAN_CODES ?? "").split(",");
let phone: Phone;
let files: Map<string, string>;

/** Asks the real server as WeChat does. */
async function ask({ method, path, body, token }: { method: string; path: string; body: any; token: string }): Promise<Answer> {
  const answer = await fetch(BACKEND + path, {
    method: method === "DOWNLOAD" ? "GET" : method,
    headers: { ...(body ? { "content-type": "application/json" } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (method === "DOWNLOAD") files.set(path, Buffer.from(await answer.arrayBuffer()).subarray(0, 4).toString());
  const isJson = answer.headers.get("content-type")?.includes("json");
  return { status: answer.status, body: isJson ? await answer.json() : "" };
}

async function until(holds: () => boolean): Promise<void> {
  for (let left = 400; left && !holds(); left -= 1) await settled();
  expect(holds()).toBe(true);
}

async function write(page: any, words: string): Promise<void> {
  page.instance.selectComponent("#composer").write({ detail: { value: words } });
  await tap(page, "发送");
  await until(() => !page.data.pending.length || Boolean(page.data.pending[0].failed));
}

beforeEach(async () => {
  files = new Map();
  phone = await freshPhone(ask);
  const login = (globalThis as any).wx;
  login.login = ({ success }: any) => success({ code: CODES.shift() });
});

/** Opens the chain that an answer of the chat leads to, and gives the titles of both. */
async function compare(region: string, audience: string, words: string): Promise<[string[], string[]]> {
  const regions: any[] = ((await ask({ method: "GET", path: "/web/regions", body: null, token: "" })) as any).body;
  phone.storage.set("yilianban.place", { region, name: regions.find(({ id }) => id === region).name, audience });
  const chat = await phone.open("chat");
  await until(() => chat.data.phase === "ready");
  await write(chat, words);
  const card = chat.data.bubbles.at(-1).card;
  expect(card.url, `${region} ${words}: ${read(chat)}`).not.toBe("");
  const chain = await phone.open("chain", Object.fromEntries(new URLSearchParams(card.url.split("?")[1])));
  await until(() => !chain.data.loading);
  return [card.steps.map(({ title }: any) => title), chain.data.steps.map(({ title }: any) => title)];
}

test.each(["zhoucun", "changle", "xuecheng", "weihai-city", "huancui"])("in %s the chat and the chain's page show the same steps", async (region) => {
  for (const words of ["我家宝宝刚出生", "刚买了套二手房"]) {
    const [said, shown] = await compare(region, "individual", words);
    expect(said.length).toBeGreaterThan(1);
    expect(shown).toEqual(said);
  }
});

test("a conversation is there again when it is opened anew, and gone after it was deleted", async () => {
  const page = await phone.open("chat");
  await until(() => page.data.phase === "ready");
  await write(page, "我家宝宝刚出生");
  const anew = await phone.open("chat");
  await until(() => anew.data.phase === "ready");
  expect(read(anew)).toContain("我家宝宝刚出生");
  const settings = await phone.open("settings");
  await tap(settings, "删除我的数据");
  await until(() => settings.data.told !== "");
  expect(read(settings)).toContain("已经删除。");
  const again = await phone.open("chat");
  await until(() => again.data.phase === "ready");
  expect(again.data.bubbles).toEqual([]);
});

test("a guide, a search and a matter of the real catalogue are drawn", async () => {
  phone.storage.set("yilianban.place", { region: "zhoucun", name: "淄博市周村区", audience: "individual" });
  const guide = await phone.open("browse");
  await until(() => !guide.data.loading);
  expect(guide.data.stages.length).toBeGreaterThan(3);
  const search = await phone.open("search");
  search.instance.write({ detail: { value: "买二手房" } });
  await search.instance.search();
  expect(search.data.groups[0].links[0].path).toBe("/guide/zhoucun/second-hand-home");
  const matter = await phone.open("matter", { id: "zhoucun.individual.40" });
  await until(() => !matter.data.loading);
  expect(read(matter)).toContain("周村区自然人全生命周期服务事项清单第40项");
});

test("the notice is a PDF and a Word document", async () => {
  const page = await phone.open("notice", { region: "changle", scenario: "second-hand-home", mortgage: "yes" });
  await until(() => !page.data.loading);
  for (const type of ["pdf", "docx"]) {
    await page.instance.openFile({ currentTarget: { dataset: { type } } });
    expect(page.data.told).toBe("");
  }
  expect([...files.values()]).toEqual(["%PDF", "PK\u0003\u0004"]);
  expect([...files.keys()][0]).toContain("mortgage=yes");
});

test("the wish for a person waits in the queue, with a place", async () => {
  const page = await phone.open("chat");
  await until(() => page.data.phase === "ready");
  await tap(page, "转人工");
  await until(() => page.data.handoff?.state === "waiting");
  expect(read(page)).toContain("正在排队，您是第");
  page.instance.onHide();
});

test("a rating is asked for, and taken", async () => {
  const page = await phone.open("chat");
  await until(() => page.data.phase === "ready");
  await write(page, "我要评价");
  const [best] = page.data.bubbles.at(-1).card.rating;
  await tap(page, `★★★★★ ${best.label}`);
  await until(() => page.data.bubbles.at(-1).card?.kind === "feedback");
});

test("what is not there is said in the server's words", async () => {
  const page = await phone.open("chain", { region: "atlantis", scenario: "birth" });
  await until(() => !page.data.loading);
  expect(page.data.problem).toMatch(/地区/);
});
