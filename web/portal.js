// The chat page: sends messages to Rasa's REST channel and draws text, steps and options. Everything that comes from
// the server is set as text, never as markup.

const WORDING = {
  welcome: "您好！请先选地区，再说说您遇到的事，比如“我家宝宝刚出生”“想开一家火锅店”。",
  waiting: "正在查……",
  offline: "连不上服务，请检查网络后再发一次。",
  department: "办理部门", place: "办理地点", certificate: "证件", online: "全程网办", source: "来源", again: "再发一次",
  notice: "一次性告知单", notices: { html: "打开网页（可打印）", pdf: "PDF 文件", docx: "Word 文件" },
};
const LATEST = "yilianban.sender";
const $ = (id) => document.getElementById(id);
const [log, message, region, audience, ask] = ["log", "message", "region", "audience", "ask"].map($);

/** An element with a class, text and children. */
function make(tag, { className, text, ...attributes } = {}, children = []) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** This browser's conversation, kept over visits. */
function sender() {
  let id = localStorage.getItem(LATEST);
  if (!id) {
    id = "web-" + Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    localStorage.setItem(LATEST, id);
  }
  return id;
}

function add(bubble) {
  log.append(bubble);
  bubble.scrollIntoView({ block: "nearest" });
  return bubble;
}

/** One matter of a card, with what the list says about it. */
function StepRow(step) {
  const name = step.title || [step.matter, step.submatter].filter(Boolean).join("：");
  const row = make("li", { text: name });
  for (const tag of [step.condition, step.level, step.online ? WORDING.online : null].filter(Boolean))
    row.append(make("span", { className: "tag", text: tag }));
  for (const [title, values] of [
    [WORDING.department, step.departments], [WORDING.place, step.places], [WORDING.certificate, step.certificates],
    [WORDING.source, [`${step.source.document} 第${step.source.row}项`]],
  ]) if (values?.length) row.append(make("small", { text: `${title}：${values.join("、")}` }));
  return row;
}

function Steps(title, steps) {
  return make("details", {}, [make("summary", { text: `${title}（${steps.length}项）` }),
    make("ol", { className: "steps" }, steps.map(StepRow))]);
}

function Options(options) {
  return make("div", { className: "options" }, options.map(({ label, payload }) => {
    const button = make("button", { type: "button", text: label });
    button.addEventListener("click", () => send(payload, label));
    return button;
  }));
}

/** The links to the one-time notice; only addresses of this server are followed. */
function NoticeLinks(paths) {
  const links = Object.entries(WORDING.notices).filter(([format]) => paths[format]?.startsWith("/notice/"))
    .map(([format, text]) => make("a", { href: paths[format], target: "_blank", rel: "noopener", text }));
  return make("nav", { className: "options", "aria-label": WORDING.notice }, links);
}

/** Rasa's list of messages as one bubble: the text, then what the card adds. */
function Answer(messages) {
  const card = messages.find((m) => m.custom?.schema === "reply/1")?.custom;
  const bubble = make("li", { className: card?.kind === "error" ? "problem" : "" });
  for (const { text } of messages) if (text) bubble.append(make("p", { text }));
  if (card?.notice) bubble.append(NoticeLinks(card.notice));
  if (card?.steps?.length) bubble.append(Steps("逐项查看", card.steps));
  for (const part of card?.comparison ?? []) bubble.append(Steps(part.region.name, part.steps));
  const options = card?.options ?? messages.flatMap((m) => m.buttons ?? []).map((b) => ({ label: b.title, payload: b.payload }));
  if (options.length) bubble.append(Options(options));
  return bubble;
}

async function send(text, label = text) {
  add(make("li", { className: "own" }, [make("p", { text: label })]));
  const waiting = add(make("li", {}, [make("p", { text: WORDING.waiting })]));
  ask.setAttribute("aria-busy", "true");
  const metadata = Object.fromEntries([["region", region.value], ["audience", audience.value]].filter(([, v]) => v));
  try {
    const answer = await fetch("/webhooks/rest/webhook", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sender: sender(), message: text, metadata }),
    });
    const body = await answer.json();
    waiting.replaceWith(answer.ok ? Answer(body) : make("li", { className: "problem" }, [make("p", { text: body.error })]));
  } catch {
    waiting.replaceWith(make("li", { className: "problem" }, [make("p", { text: WORDING.offline }), Options([{ label: WORDING.again, payload: text }])]));
  }
  ask.removeAttribute("aria-busy");
  log.lastElementChild.scrollIntoView({ block: "nearest" });
}

ask.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = message.value.trim();
  if (!text) return;
  message.value = "";
  send(text);
});
message.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask.requestSubmit();
  }
});

/** The regions of the catalogue; the audience that a region has no list for cannot be picked. */
async function loadRegions() {
  const regions = await (await fetch("/web/regions")).json();
  region.append(...regions.map(({ id, short }) => make("option", { value: id, text: short })));
  region.value = localStorage.getItem("yilianban.region") ?? "";
  const fit = () => {
    localStorage.setItem("yilianban.region", region.value);
    const has = regions.find(({ id }) => id === region.value)?.audiences ?? ["individual", "enterprise"];
    for (const option of audience.options) option.disabled = Boolean(option.value) && !has.includes(option.value);
    if (audience.selectedOptions[0]?.disabled) audience.value = "";
  };
  region.addEventListener("change", fit);
  fit();
}

add(make("li", {}, [make("p", { text: WORDING.welcome })]));
loadRegions().catch(() => add(make("li", { className: "problem" }, [make("p", { text: WORDING.offline })])));
message.focus();
