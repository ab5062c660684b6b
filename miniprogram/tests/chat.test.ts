import { beforeEach, expect, test } from "vitest";
import cards from "../../web/tests/cards.json";
import pages from "./pages.json";
import { drawn, freshPhone, Phone, read, settled, tap, type Answer } from "./phone";

type Kind = keyof typeof cards;
let phone: Phone;
let said: any[];
let handoff: object | null;
/** How the server takes a message: null answers it. */
let mood: (id: string) => Answer | null;

/** An answer that the real assistant gave, as the message API tells it; the sample may be one entry or the last of several. */
const answerOf = (kind: Kind) => [(cards as any)[kind]].flat().at(-1) as { said: string; text: string; card: any };
const entry = (author: string, text: string, card: any = null) => ({ n: said.length + 1, author, name: null, text, card, at: 0 });
const told = (from = 0) => ({ messages: said.slice(from), handoff, last: said.length, region: null, audience: null });

function answer(body: any): Answer {
  const known = said.find(({ id }) => id === body.id);
  if (!known) {
    const from = said.length;
    said.push({ ...entry("citizen", body.label ?? body.text), id: body.id });
    const { text, card } = answerOf("chain");
    said.push(entry("assistant", text, card));
    return { status: 200, body: told(from) };
  }
  return { status: 200, body: told(said.indexOf(known)) };
}

beforeEach(async () => {
  [said, handoff, mood] = [[], null, () => null];
  phone = await freshPhone(({ method, path, body, token }): Answer | Promise<Answer> => {
    if (path === "/api/miniprogram/session") return { status: 201, body: { token: `token of ${body.code}`, expires_in: 7200 } };
    if (path === "/web/regions") return { status: 200, body: pages.regions };
    if (path.startsWith("/api/chat/events")) return new Promise(() => undefined);
    if (!token.startsWith("token of code")) return { status: 401, body: { error: "会话已经过期" } };
    if (method === "DELETE") return ((said = []), { status: 204, body: "" });
    if (method === "GET") return { status: 200, body: told() };
    return mood(body.id) ?? answer(body);
  });
});

async function write(page: any, words: string): Promise<void> {
  const composer = page.instance.selectComponent("#composer");
  composer.write({ detail: { value: words } });
  await tap(page, "发送");
}
const posts = () => phone.asked.filter(({ method, path }) => method === "POST" && path === "/api/chat");

test("a first visit is greeted with examples of the region, and nothing is asked of WeChat but the login", async () => {
  phone.storage.set("yilianban.place", { region: "changle", name: "潍坊市昌乐县", audience: "individual" });
  const page = await phone.open("chat");
  expect(read(page)).toContain("您好，您遇到了什么事？");
  expect(read(page)).toContain("潍坊市昌乐县 · 个人");
  expect(phone.logins).toBe(1);
  const [example] = pages.regions.find(({ id }) => id === "changle")?.examples ?? [];
  await tap(page, example?.title ?? "");
  expect(posts()[0]?.body).toMatchObject({ text: example?.payload, label: example?.title, region: "changle", audience: "individual" });
  expect(drawn(page)).toMatchSnapshot();
});

test("a message is answered with a card that leads to its chain under the same conditions", async () => {
  const page = await phone.open("chat");
  await write(page, "刚买了套二手房");
  const { card } = answerOf("chain");
  for (const step of card.steps.slice(0, 6)) expect(read(page)).toContain(step.title);
  expect(page.instance.selectComponent("#composer").data.text).toBe("");
  expect(phone.storage.has("yilianban.draft")).toBe(false);
  await tap(page, "看全部步骤、办一项勾一项");
  expect(phone.opened.at(-1)).toContain(`region=${card.region.id}&scenario=${card.scenario.id}`);
});

test("after a time-out the message goes again under its own id, and is answered once", async () => {
  const page = await phone.open("chat");
  mood = () => "timeout";
  page.instance.selectComponent("#composer").write({ detail: { value: "我家宝宝刚出生" } });
  await tap(page, "发送");
  await new Promise((resolve) => setTimeout(resolve, 2_300));
  expect(read(page)).toContain("没有发出去：等了很久");
  expect(phone.storage.get("yilianban.outbox")).toHaveLength(1);
  mood = () => null;
  await tap(page, "再发一次");
  expect(posts().length).toBe(3);
  expect(new Set(posts().map(({ body }) => body.id)).size).toBe(1);
  expect(said.filter(({ author }) => author === "citizen")).toHaveLength(1);
  expect(phone.storage.has("yilianban.outbox")).toBe(false);
});

test("the place follows the conversation: a region that was named is not undone by the next message", async () => {
  phone.storage.set("yilianban.place", { region: "changle", name: "潍坊市昌乐县", audience: "individual" });
  const { region } = answerOf("chain").card;
  const page = await phone.open("chat");
  await write(page, "在周村区刚买了套二手房");
  expect(read(page)).toContain(region.name);
  await write(page, "第二步呢");
  expect(posts().at(-1)?.body).toMatchObject({ region: region.id });
  expect(posts().at(-1)?.body).not.toHaveProperty("audience");
  phone.storage.clear();
  await phone.open("chat");
  expect(phone.storage.get("yilianban.place")).toMatchObject({ region: region.id });
});

test("an error status is no success: the server's words are shown, the message can be given up", async () => {
  const page = await phone.open("chat");
  mood = () => ({ status: 429, body: { error: "您发得有点快，请等9秒再发。" } });
  await write(page, "转人工");
  expect(read(page)).toContain("您发得有点快，请等9秒再发。");
  expect(posts()).toHaveLength(1);
  await tap(page, "不发了");
  expect(read(page)).not.toContain("没有发出去");
});

test("what had not arrived is offered again when the mini-program is opened anew", async () => {
  const id = "00000000-0000-4000-8000-000000000000";
  phone.storage.set("yilianban.outbox", [{ id, text: "公司要注销" }, "broken"]);
  const page = await phone.open("chat");
  expect(read(page)).toContain("公司要注销");
  await tap(page, "再发一次");
  expect(posts()[0]?.body).toMatchObject({ id, text: "公司要注销" });
});

test("a draft is kept", async () => {
  const page = await phone.open("chat");
  page.instance.selectComponent("#composer").write({ detail: { value: "我想问" } });
  const again = await phone.open("chat");
  expect(again.instance.selectComponent("#composer").data.text).toBe("我想问");
});

test("a token that has run out is renewed once", async () => {
  const page = await phone.open("chat");
  let refused = 0;
  mood = () => ((refused += 1) === 1 ? { status: 401, body: { error: "会话已经过期" } } : null);
  await write(page, "护照");
  expect(phone.logins).toBe(2);
  expect(posts().at(-1)?.token).toBe("token of code2");
  expect(read(page)).not.toContain("没有发出去");
});

test("nothing is sent before the privacy guide is agreed to; refusing keeps the words", async () => {
  phone.agreed = null;
  const page = await phone.open("chat");
  const { createRequire } = await import("node:module");
  createRequire(import.meta.url)(`${process.env.YILIANBAN_MINIPROGRAM_BUILT}/app.js`);
  await write(page, "我家宝宝刚出生");
  expect(posts()).toHaveLength(0);
  expect(read(page)).toContain("隐私保护提示");
  await tap(page, "不同意");
  expect(posts()).toHaveLength(0);
  expect(read(page)).toContain("没有同意隐私保护指引");
  expect(page.instance.selectComponent("#composer").data.text).toBe("我家宝宝刚出生");
  phone.agreed = null;
  await tap(page, "发送");
  const button = page.dom.querySelector("[class*=privacy-yes]") as any;
  button.__wxElement.triggerEvent("agreeprivacyauthorization", {});
  await settled();
  expect(posts()).toHaveLength(1);
});

test("a hand-off shows the place, and asks for a person's words only while somebody looks", async () => {
  handoff = { state: "waiting", place: 2, by: null };
  const page = await phone.open("chat");
  expect(read(page)).toContain("您是第 2 位");
  const polls = () => phone.asked.filter(({ path }) => path.startsWith("/api/chat/events")).length;
  expect(polls()).toBe(1);
  page.instance.onHide();
  await settled();
  expect(polls()).toBe(1);
  await page.instance.onShow();
  await settled();
  expect(polls()).toBe(2);
});

test("a proxy that answers at once is not asked without end", async () => {
  handoff = { state: "waiting", place: 1, by: null };
  const works = phone.server;
  phone.server = (asked) => (asked.path.startsWith("/api/chat/events") ? { status: 200, body: told(said.length) } : works(asked));
  const page = await phone.open("chat");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(phone.asked.filter(({ path }) => path.startsWith("/api/chat/events"))).toHaveLength(1);
  page.instance.onHide();
});

test("the wish for a person and a rating are messages, the hotline rings", async () => {
  const page = await phone.open("chat");
  await tap(page, "转人工");
  expect(posts()[0]?.body.text).toBe("转人工");
  await tap(page, "评价");
  expect(posts()[1]?.body.text).toBe("我要评价");
  await tap(page, "打12345");
  expect(phone.rung).toEqual(["12345"]);
});

test.each(Object.keys(cards) as Kind[])("an answer of the kind %s is drawn whole", async (kind) => {
  const { said: asked, text, card } = answerOf(kind);
  said.push(entry("citizen", asked));
  said.push(entry("assistant", text, card));
  const page = await phone.open("chat");
  const words = read(page);
  for (const step of card.steps?.slice(0, 6) ?? []) expect(words).toContain(step.title ?? step.matter);
  for (const { region } of card.comparison ?? []) expect(words).toContain(region.name);
  if (card.rating) {
    await tap(page, `★★★★★ ${card.options[0].label}`);
    expect(posts()[0]?.body).toMatchObject({ text: card.options[0].payload, label: card.options[0].label });
  }
  const [lead] = text.split("\n");
  expect(words).toContain(lead);
  expect(drawn(page)).toMatchSnapshot();
});

test("markup in an answer is words", async () => {
  said.push(entry("assistant", "<img src=x onerror=alert(1)>", { schema: "reply/1", kind: "smalltalk", options: [{ label: "<b>粗</b>", payload: "x" }] }));
  said.push(entry("person", "<script>1</script>"));
  const page = await phone.open("chat");
  expect(page.dom.querySelector("img, script, b")).toBeNull();
  expect(read(page)).toContain("<img src=x onerror=alert(1)>");
  expect(read(page)).toContain("工作人员");
});
