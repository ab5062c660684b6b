// Conversations on the right: the inbox as the server sends it, and the one that is open.
import { ask, byId, fill, make, send, tell, words } from "./dom.js";
import { open, textOf } from "./chain.js";

const AGAIN = 3000;
const inbox = byId("inbox");
const talk = byId("talk");
const state = byId("state");
const title = document.title;
let lists = { waiting: [], mine: [], others: [], ended: [] };
let current = null;
let turn = 0;

/** Listens until the sign-in is over; comes back after every break. */
export function listen() {
  const events = new EventSource("/desk/chats/events");
  events.addEventListener("inbox", (event) => { note(""); receive(JSON.parse(event.data)); });
  events.addEventListener("over", () => { events.close(); note(words.chats.signed_out); });
  events.onerror = () => {
    note(words.chats.lost);
    if (events.readyState === EventSource.CLOSED) setTimeout(again, AGAIN);
  };
}

async function again() {
  try {
    await ask("/desk/chats");
    listen();
  } catch (error) {
    if (error.status === 401) note(words.chats.signed_out);
    else setTimeout(again, AGAIN);
  }
}

function note(text) {
  state.textContent = text;
  state.hidden = !text;
}

function receive(next) {
  const more = next.waiting.filter((one) => !lists.waiting.some((known) => known.id === one.id));
  if (more.length) tell(fill(words.chats.alert, { count: next.waiting.length }));
  const unread = next.mine.filter((one) => one.author === "citizen" && one.last > (lastOf(one.id) ?? 0));
  if (unread.length && !more.length) tell(words.chats.new);
  const shown = current && find(lists, current.id);
  const now = current && find(next, current.id);
  lists = next;
  if (!next.open) note(`${words.chats.closed}（${next.hours}）`);
  draw();
  if (current && (!now || now.state !== shown?.state || now.last !== shown?.last || now.by !== shown?.by)) pick(current.id, false);
}

const all = (from) => [...from.waiting, ...from.mine, ...from.others, ...from.ended];
const find = (from, id) => all(from).find((one) => one.id === id);
const lastOf = (id) => find(lists, id)?.last;

function waited(one) {
  const minutes = Math.floor((Date.now() / 1000 - one.wished_at) / 60);
  return minutes < 1 ? words.chats.seconds : fill(words.chats.minutes, { minutes });
}

function draw() {
  const focused = document.activeElement?.dataset?.chat;
  document.title = lists.waiting.length ? `(${lists.waiting.length}) ${title}` : title;
  inbox.replaceChildren(...["waiting", "mine", "others", "ended"].map(group));
  if (focused) inbox.querySelector(`[data-chat="${focused}"]`)?.focus();
}

function group(name) {
  const found = lists[name];
  const items = found.map((one) => make("li", {}, entry(one, name)));
  const heading = `${words.chats[name]} ${found.length}`;
  const list = items.length ? make("ul", {}, ...items) : make("p", { class: "soft" }, words.chats.none);
  const open = name !== "ended" && name !== "others";
  return make("details", { open }, make("summary", {}, heading), list);
}

function entry(one, name) {
  const where = [words.chats.channels[one.channel] ?? one.channel, words.regions[one.region], one.title];
  return make("button",
    { type: "button", class: "chat", "data-chat": one.id, "aria-pressed": String(current?.id === one.id), on: () => pick(one.id) },
    make("span", {}, one.urgent ? make("strong", { class: "mark" }, words.chats.urgent) : "", ` ${one.text || one.title || "…"}`),
    make("span", { class: "soft" }, where.filter(Boolean).join(" · ")),
    make("span", { class: "soft" }, name === "waiting" ? waited(one) : name === "others" ? one.by : ""));
}

/** Opens a conversation; with its chain where one was talked about. */
export async function pick(id, focus = true) {
  const mine = ++turn;
  try {
    const chat = await (await ask(`/desk/chats/${id}`)).json();
    if (mine === turn) show(chat, focus);
  } catch (error) {
    tell(error.message);
  }
}

async function change(id, name, body) {
  try {
    const chat = await (await send(`/desk/chats/${id}/${name}`, body)).json();
    show(chat, true);
    // A citizen on WeChat has to be sent to, and that may fail.
    if (chat.delivery) tell(chat.delivery.told);
    return true;
  } catch (error) {
    tell(error.message);
    return false;
  }
}

function show(chat, focus) {
  const draft = current?.id === chat.id ? (byId("reply")?.value ?? "") : "";
  const typing = document.activeElement?.id === "reply";
  current = chat;
  talk.hidden = false;
  talk.replaceChildren(head(chat), meaning(chat), log(chat), form(chat, draft));
  const end = talk.querySelector(".log");
  end.scrollTop = end.scrollHeight;
  if ((focus && chat.mine) || typing) byId("reply")?.focus();
  draw();
}

function head(chat) {
  const button = (name, label) =>
    make("button", { type: "button", class: "second", on: () => change(chat.id, name) }, label);
  const buttons = [];
  if (chat.state === "waiting") buttons.push(button("take", words.chats.take));
  if (chat.mine) buttons.push(button("release", words.chats.release), button("end", words.chats.hand_back));
  if (chat.chain) buttons.push(make("button", { type: "button", class: "second", on: () => open(chat.chain) }, chat.title));
  const who = chat.state === "taken" && !chat.mine ? fill(words.chats.taken, { name: chat.by }) : "";
  return make("div", {},
    make("h3", {}, chat.text || chat.title || words.chats.heading),
    who ? make("p", { class: "note" }, who) : "",
    chat.contact ? make("p", { class: "note" }, fill(words.chats.contact, { contact: chat.contact })) : "",
    make("p", { class: "row-of-buttons" }, ...buttons));
}

function meaning(chat) {
  const one = (said) => make("li", {}, said.text, make("ul", { class: "soft" },
    ...said.candidates.map((found) => make("li", {},
      `${Math.round(found.probability * 100)}% ${found.title}（${found.kept ? words.chats.kept : words.chats.rejected}）`)),
    make("li", {}, fill(words.chats.outside, { percent: Math.round(said.outside * 100) }))));
  if (!chat.understood.length) return make("div");
  return make("details", { open: chat.state === "waiting" }, make("summary", {}, words.chats.understood),
    make("ul", {}, ...chat.understood.map(one)));
}

function log(chat) {
  const line = (said) => make("div", { class: `said ${said.author}` },
    make("span", { class: "soft" }, said.name || words.chats.authors[said.author]), make("p", {}, said.text));
  return make("div", { class: "log", role: "log", tabindex: "0", "aria-label": chat.text || words.chats.heading },
    ...chat.entries.filter((said) => said.text).map(line));
}

function form(chat, draft) {
  if (!chat.mine) return make("div");
  const field = make("textarea", { id: "reply", rows: "4", maxlength: "2000" });
  field.value = draft;
  const submit = async () => {
    const text = field.value.trim();
    if (!text) return;
    // What is being sent is gone from the field; a failure brings it back.
    field.value = "";
    if (!(await change(chat.id, "reply", { text })) && byId("reply")) byId("reply").value = text;
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  return make("div", {}, make("label", { for: "reply" }, words.chats.reply), field,
    make("p", { class: "row-of-buttons" },
      make("button", { type: "button", on: submit }, words.chats.send),
      make("button", { type: "button", class: "second", on: suggest }, words.chats.suggest)));
}

/** Puts the open chain into the reply. */
export function suggest() {
  const field = byId("reply");
  const text = textOf("wechat");
  if (!field) return tell(words.chats.pick);
  if (!text) return tell(words.chats.no_chain);
  field.value = [field.value.trim(), text].filter(Boolean).join("\n");
  field.focus();
}

/** Takes who waits longest; where a colleague was faster, the next one. */
export async function takeNext() {
  for (const one of lists.waiting) if (await change(one.id, "take")) return;
  tell(words.chats.none);
}

export const focusInbox = () => (inbox.querySelector("button") ?? byId("chats-heading")).focus();
export const focusReply = () => byId("reply")?.focus();

setInterval(() => { if (lists.waiting.length) draw(); }, 20_000);
