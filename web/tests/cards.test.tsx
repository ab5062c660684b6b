import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cookieAccess } from "../src/api/access";
import { ChatApi } from "../src/api/client";
import { AnswerCard } from "../src/components/AnswerCard";
import { rotated } from "../src/components/Welcome";
import { ChatContext } from "../src/context";
import { Conversation } from "../src/state/conversation";
import { keptPreferences } from "../src/state/preferences";
import { zh } from "../src/wording/zh";
import { REAL, turn } from "./real";

const api = new ChatApi("http://office.test", cookieAccess);
const conversation = new Conversation(api, () => zh.problems, () => ({ region: null, audience: null }));
let root: HTMLElement;
let sent: [string, string?][];

beforeEach(() => {
  localStorage.clear();
  sent = [];
  vi.spyOn(conversation, "send").mockImplementation((text, label) => {
    sent.push(label === undefined ? [text] : [text, label]);
    return Promise.resolve();
  });
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(() => {
  void act(() => render(null, root));
  root.remove();
});

function draw(name: string, at = 0, isLast = true): void {
  const { text, card } = turn(name, at);
  const chat = { api, conversation, preferences: keptPreferences(), regions: [], t: zh, inWidget: false };
  void act(() => render(<ChatContext.Provider value={chat}><AnswerCard text={text} card={card} isLast={isLast} /></ChatContext.Provider>, root));
}

const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
const texts = (selector: string) => all(selector).map((element) => element.textContent);
const button = (name: string) => all("button").find((element) => element.textContent?.trim() === name);

describe("the chain", () => {
  it("shows number, matter, department, place, certificate, condition and source of every step", () => {
    draw("chain");
    const steps = turn("chain").card.steps ?? [];
    expect(texts(".number")).toEqual(steps.map(({ order }) => `${order}`));
    all(".step").forEach((row, at) => {
      const step = steps[at];
      expect(row.querySelector("h3")?.textContent).toBe(step?.title);
      for (const value of [...(step?.departments ?? []), ...(step?.places ?? []), ...(step?.certificates ?? []), step?.source.document, `第${step?.source.row}项`]) {
        expect(row.textContent).toContain(value);
      }
      if (step?.condition) expect(row.textContent).toContain(`仅限：${step.condition}`);
    });
  });

  it("asks every condition as a switch whose answer can be taken back", () => {
    draw("chain", 1);
    const pressed = () => all(".switch button[aria-pressed=true]").map((element) => element.textContent);
    expect(pressed()).toEqual(["还没定", "有贷款"]);
    button("没有贷款（全款）")?.click();
    all(".condition:last-child .unsure")[0]?.click();
    expect(sent).toEqual([
      ['/choose{"payload":"fact:mortgage=no@second-hand-home"}', "有没有贷款？没有贷款（全款）"],
      ['/choose{"payload":"fact:mortgage=@second-hand-home"}', "有没有贷款？还没定"],
    ]);
  });

  it("a switch that is on already sends nothing", () => {
    draw("chain", 1);
    button("有贷款")?.click();
    expect(sent).toEqual([]);
  });

  it("keeps ticks on the device", () => {
    draw("chain");
    void act(() => all("input[type=checkbox]")[0]?.click());
    expect(root.querySelector(".progress")?.textContent).toContain("1 / 4");
    expect(sent).toEqual([]);
    draw("chain", 1);
    expect(all("input:checked")).toHaveLength(1);
  });

  it("leads on, and offers notice and address", () => {
    draw("chain");
    button("个人公积金")?.click();
    expect(sent).toEqual([['/choose{"payload":"scenario:housing-fund"}', "个人公积金"]]);
    expect(all("a").map((link) => link.getAttribute("href"))).toEqual([
      "http://office.test/guide/zhoucun/second-hand-home",
      ...["", ".pdf", ".docx"].map((ending) => `http://office.test/notice/zhoucun/second-hand-home${ending}`),
    ]);
  });
});

describe("other kinds", () => {
  it("a matter shows its facts", () => {
    draw("matter");
    expect(texts(".matters h2")).toEqual(["普通护照签发"]);
    expect(root.textContent).toContain("公安分局");
  });

  it("a short answer has its matter at hand, a refusal says that it is one", () => {
    draw("slot", 1);
    expect(root.querySelector(".lead")?.textContent).toContain("派出所");
    expect(all("details.more h2")).toHaveLength(1);
    draw("slot", 2);
    expect(root.querySelector(".badge.note")?.textContent).toBe(zh.card.notGiven);
  });

  it("a long list comes in pages; each matter leads on", () => {
    draw("list");
    const count = turn("list").card.steps?.length ?? 0;
    expect(count).toBeGreaterThan(12);
    expect(all(".list li")).toHaveLength(12);
    void act(() => button(zh.card.more(count - 12))?.click());
    expect(all(".list li")).toHaveLength(count);
    expect(button("更多")).toBeUndefined();
    all(".list button.link")[0]?.click();
    expect(sent[0]?.[0]).toMatch(/^\/choose\{"payload":"matter:huancui\./);
  });

  it("a comparison has a part for each region", () => {
    draw("compare");
    expect(texts(".compare h2")).toEqual(["淄博市周村区", "威海市环翠区"]);
  });

  it("a question back has its options, once it is old none that would be out of place", () => {
    draw("clarify");
    expect(texts(".choices button")).toEqual(["周村区", "昌乐县", "薛城区", "威海某县级市", "环翠区"]);
    draw("clarify", 0, false);
    expect(all(".choices button")).toEqual([]);
  });

  it("a rating has five levels in words", () => {
    draw("rating");
    expect(texts(".stars button")).toEqual(["★★★★★非常满意 5 星", "★★★★☆满意 4 星", "★★★☆☆基本满意 3 星", "★★☆☆☆不满意 2 星", "★☆☆☆☆非常不满意 1 星"]);
    button("★☆☆☆☆非常不满意 1 星")?.click();
    expect(sent).toEqual([['/choose{"payload":"rate:1"}', "非常不满意"]]);
  });

  it("what is in no list says so", () => {
    draw("outOfScope");
    expect(root.querySelector(".badge")?.textContent).toBe(zh.card.notMatter);
  });
});

it("every recorded reply is drawn, and what is in it is text", () => {
  for (const [name, turns] of Object.entries(REAL)) {
    turns.forEach((_, at) => {
      draw(name, at);
      expect(root.textContent?.length).toBeGreaterThan(5);
    });
  }
});

it("markup in a reply stays text", () => {
  const { card } = turn("matter");
  const evil = '<img src=x onerror="alert(1)">';
  const step = { ...card.steps?.[0], title: evil, departments: [evil], source: { document: evil, row: evil } };
  REAL["evil"] = [{ said: "", text: evil, card: { ...card, steps: [step], options: [{ label: evil, payload: evil }] } as typeof card }];
  draw("evil");
  delete REAL["evil"];
  expect(all("img")).toEqual([]);
  expect(root.textContent).toContain(evil);
});

it("every example has its turn", () => {
  const examples = Array.from({ length: 40 }, (_, at) => ({ id: `${at}`, title: `${at}`, audience: "individual" as const, payload: "" }));
  const seen = new Set(Array.from({ length: 7 }, (_, day) => rotated(examples, day).map(({ id }) => id)).flat());
  expect(seen.size).toBe(40);
  expect(rotated(examples, 3).length).toBeLessThanOrEqual(6);
});
