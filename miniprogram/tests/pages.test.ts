import { beforeEach, expect, test } from "vitest";
import pages from "./pages.json";
import { drawn, freshPhone, Phone, read, tap, type Answer } from "./phone";

let phone: Phone;
let removed: number;
const CHANGLE = { region: "changle", name: "潍坊市昌乐县", audience: "individual" };

beforeEach(async () => {
  removed = 204;
  phone = await freshPhone(({ method, path, body }): Answer => {
    if (path === "/api/miniprogram/session") return { status: 201, body: { token: `t${body.code}`, expires_in: 7200 } };
    if (method === "DELETE") return { status: removed, body: removed === 204 ? "" : { error: "对话现在没有删成，请稍后再试" } };
    if (path.startsWith("/api/matters/")) return { status: 200, body: pages.matter };
    if (path.startsWith("/api/guide/")) return { status: 200, body: pages.guide };
    if (path.startsWith("/api/search")) return { status: 200, body: path.includes("q=%E7%81%AB") ? { ...pages.search, meant: [], printed: [] } : pages.search };
    if (path === "/web/regions") return { status: 200, body: pages.regions };
    if (path.startsWith("/api/chain/")) return { status: 200, body: pages.chain };
    return { status: path.endsWith(".pdf") || path.includes(".pdf?") ? 200 : 503, body: { error: "没有" } };
  });
});

test("a matter shows all that its list prints, and where it leads", async () => {
  const page = await phone.open("matter", { id: "xuecheng.individual.60.1" });
  expect(phone.asked[0]?.path).toBe("/api/matters/xuecheng.individual.60.1");
  const [step] = pages.matter.card.steps;
  const words = read(page);
  for (const shown of [pages.matter.title, step?.departments[0], step?.type, step?.scene, ...pages.matter.unsaid]) expect(words).toContain(shown);
  expect(words).toContain(`第${step?.source.row}项`);
  await tap(page, pages.matter.elsewhere[0]?.note ?? "");
  expect(phone.opened.at(-1)).toBe(`/pages/matter/matter?id=${pages.matter.elsewhere[0]?.path.replace("/matter/", "")}`);
  expect(page.instance.onShareAppMessage().path).toBe("/pages/matter/matter?id=xuecheng.individual.60.1");
  expect(drawn(page)).toMatchSnapshot();
});

test("a telephone number rings", async () => {
  const page = phone.render("components/fact-list", { facts: [{ label: "电话", value: "0536-1234567", phone: "0536-1234567" }] });
  await tap(page, "0536-1234567");
  expect(phone.rung).toEqual(["0536-1234567"]);
});

test("the guide asks for a region first, then opens stage by stage", async () => {
  const empty = await phone.open("browse");
  expect(read(empty)).toContain("先选地区");
  expect(phone.asked).toEqual([]);
  phone.storage.set("yilianban.place", CHANGLE);
  const page = await phone.open("browse");
  const [stage] = pages.guide.audiences[0]?.stages ?? [];
  expect(read(page)).not.toContain(stage?.scenarios[0]?.text);
  await tap(page, stage?.title ?? "");
  const [scenario] = stage?.scenarios ?? [];
  await tap(page, scenario?.text ?? "");
  expect(phone.opened.at(-1)).toBe(`/pages/chain/chain?region=changle&scenario=${scenario?.path.split("/").at(-1)}`);
  expect(drawn(page)).toMatchSnapshot();
});

test("a shared guide opens its own region", async () => {
  await phone.open("browse", { region: "huancui" });
  expect(phone.asked[0]?.path).toBe("/api/guide/huancui");
});

test("a search in the region picked leads to chains; what is not found is said", async () => {
  phone.storage.set("yilianban.place", CHANGLE);
  const page = await phone.open("search");
  page.instance.write({ detail: { value: " 买二手房 " } });
  await tap(page, "搜索");
  expect(phone.asked[0]?.path).toBe(`/api/search?q=${encodeURIComponent("买二手房")}&region=changle`);
  expect(drawn(page)).toMatchSnapshot();
  await tap(page, pages.search.meant[0]?.text ?? "");
  expect(phone.opened.at(-1)).toBe("/pages/chain/chain?region=changle&scenario=second-hand-home");
  page.instance.write({ detail: { value: "火星" } });
  await page.instance.search();
  expect(read(page)).toContain("没有找到");
  page.instance.write({ detail: { value: "  " } });
  await page.instance.search();
  expect(phone.asked).toHaveLength(2);
});

test("region and audience are picked; an audience without a list cannot be", async () => {
  const page = await phone.open("place");
  await tap(page, "威海市环翠区");
  await tap(page, "企业");
  await tap(page, "潍坊市昌乐县");
  expect(read(page)).toContain("这个地区没有企业事项的清单");
  expect(drawn(page)).toMatchSnapshot();
  await tap(page, "确定");
  expect(phone.storage.get("yilianban.place")).toEqual({ ...CHANGLE, audience: null });
  expect(phone.opened.at(-1)).toBe("back");
  await tap(page, "个人");
  await tap(page, "确定");
  expect(phone.storage.get("yilianban.place")).toEqual(CHANGLE);
});

test("a notice is previewed, opened as PDF to keep or send on, and shared", async () => {
  const page = await phone.open("notice", { region: "changle", scenario: "second-hand-home" });
  for (const step of pages.chain.card.steps) expect(read(page)).toContain(step.title);
  expect(drawn(page)).toMatchSnapshot();
  await tap(page, "打开PDF，可保存、打印、转发");
  expect(phone.documents).toEqual([{ filePath: `tmp${pages.chain.card.notice.pdf}`, fileType: "pdf", showMenu: true }]);
  expect(page.instance.onShareAppMessage().path).toBe("/pages/notice/notice?region=changle&scenario=second-hand-home");
});

test("a document that the server refuses is not opened, though WeChat calls it a success", async () => {
  const page = await phone.open("notice", { region: "changle", scenario: "second-hand-home" });
  await tap(page, "打开Word文件");
  expect(phone.documents).toEqual([]);
  expect(read(page)).toContain("没有打开，请再试一次。");
});

test("large letters are switched, remembered, and on every page", async () => {
  const page = await phone.open("settings");
  expect(page.dom.querySelector("[class*=elder]")).toBeNull();
  page.instance.switchElder({ detail: { value: true } });
  expect(page.dom.querySelector("[class*=elder]")).not.toBeNull();
  expect(drawn(page)).toMatchSnapshot();
  for (const [name, query] of [["browse", {}], ["search", {}], ["place", {}], ["privacy", {}], ["matter", { id: "x" }], ["notice", { region: "a", scenario: "b" }], ["chain", { region: "a", scenario: "b" }]] as const) {
    expect((await phone.open(name, query)).dom.querySelector("[class*=elder]"), name).not.toBeNull();
  }
});

test("deleting takes the conversation on the server and everything on the telephone", async () => {
  for (const [name, value] of [["place", CHANGLE], ["draft", "x"], ["done.changle.birth", ["a"]], ["elder", true]] as const) {
    phone.storage.set(`yilianban.${name}`, value);
  }
  phone.storage.set("of another", 1);
  const page = await phone.open("settings");
  await tap(page, "删除我的数据");
  expect(phone.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /api/miniprogram/session", "DELETE /api/chat"]);
  expect([...phone.storage.keys()]).toEqual(["of another"]);
  expect(read(page)).toContain("已经删除。");
});

test("what the server did not delete is not said to be gone, and not deleted here alone", async () => {
  removed = 503;
  phone.storage.set("yilianban.draft", "x");
  const page = await phone.open("settings");
  await tap(page, "删除我的数据");
  expect(read(page)).toContain("没有删成");
  expect(phone.storage.has("yilianban.draft")).toBe(true);
});

test("nothing is deleted where the question is answered with no", async () => {
  phone.confirms = false;
  await tap(await phone.open("settings"), "删除我的数据");
  expect(phone.asked).toEqual([]);
});

test("the privacy page says what is kept and leads to WeChat's own guide", async () => {
  const page = await phone.open("privacy");
  expect(read(page)).toContain("删除我的数据");
  await tap(page, "看微信里的完整《隐私保护指引》");
  expect(phone.opened).toEqual(["privacy contract"]);
  expect(drawn(page)).toMatchSnapshot();
});
