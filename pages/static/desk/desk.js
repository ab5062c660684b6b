// The page: its keys, and everything put together.
import { byId } from "./dom.js";
import * as chain from "./chain.js";
import * as chats from "./chats.js";
import * as find from "./find.js";

const KEYS = {
  "/": find.focus,
  ArrowDown: () => find.move(1),
  ArrowUp: () => find.move(-1),
  Enter: () => find.openHit(),
  r: () => find.pickRegion(chain.nextRegion() ?? undefined),
  b: chain.compare,
  c: () => chain.copy("wechat"),
  m: () => chain.copy("one"),
  l: () => chain.copy("three"),
  a: () => chain.copy("script"),
  p: () => window.print(),
  f: () => chain.notice("pdf"),
  w: () => chain.notice("docx"),
  i: chats.focusInbox,
  t: chats.takeNext,
  s: chats.suggest,
  e: chats.focusReply,
  Escape: find.focus,
};

const isTyping = (element) => element.matches("input, textarea, select");
// What has a meaning of its own for these keys keeps it.
const isPressed = (element) => element.matches("a, button, summary");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const element = event.target;
  if (isTyping(element)) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (element.id === "query") byId("chain").focus();
    else find.focus();
    return;
  }
  if (event.key === "Enter" && isPressed(element)) return;
  if (/^Arrow/.test(event.key) && element.closest(".log")) return;
  if (/^[1-9]$/.test(event.key)) {
    event.preventDefault();
    find.openHit(Number(event.key) - 1);
    return;
  }
  const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

chats.listen();
find.begin();
