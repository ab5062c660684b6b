import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChat, useWatched } from "../context";
import { type Item, isSwitchOf, threadOf } from "../state/thread";
import { Bubble } from "./Bubble";
import { Elsewhere } from "./Elsewhere";
import { PendingBubble } from "./PendingBubble";
import { Welcome } from "./Welcome";

const NEAR_PX = 120;

/** The conversation. What comes in never pushes away what is being read. */
export function Log() {
  const { conversation, t } = useChat();
  const { entries, pending, phase, fresh } = useWatched(conversation.view);
  const { earlier, now } = useMemo(() => threadOf(entries), [entries]);
  const log = useRef<HTMLDivElement>(null);
  const [unseen, setUnseen] = useState(false);
  // A switch of the chain at the end changes that chain: it is no message to be seen, and nothing moves.
  const end = now.at(-1)?.entry.card ?? null;
  const shown = pending.filter(({ state, label }) => state === "failed" || !isSwitchOf(end, label ?? ""));
  const sending = shown.filter(({ state }) => state === "sending").length;
  const failed = shown.length - sending;

  // One's own words go to the top of the view, so that the answer is read from its beginning.
  useEffect(() => {
    if (sending) scrollTo(lastOf(log.current, ".pending"), "start");
  }, [sending]);

  // Why it failed, and the way to send it again, must be in sight.
  useEffect(() => {
    if (failed) scrollTo(lastOf(log.current, ".failed"), "nearest");
  }, [failed]);

  useEffect(() => {
    const [own] = fresh.filter(({ author }) => author === "citizen");
    if (own) {
      catchFocus(log.current);
      scrollTo(log.current?.querySelector(`[data-n="${own.n}"]`), "start");
    } else if (fresh.length) {
      // A person's message comes unasked: it only moves the view where the end was in sight anyway.
      const last = lastOf(log.current, ".entry");
      if (last && last.getBoundingClientRect().top < innerHeight + NEAR_PX) scrollTo(last, "nearest");
      else setUnseen(true);
    }
  }, [fresh]);

  useRestoredView(log, phase === "ready", entries.length > 0);

  const last = now.at(-1)?.key;
  const bubble = (item: Item) => <Bubble key={item.key} item={item} isLast={item.key === last && !shown.length} />;
  return (
    <div class="log" role="log" aria-live="off" aria-label={t.log} aria-busy={sending > 0} ref={log}>
      {earlier.length ? (
        <details class="earlier">
          <summary>{t.earlier(earlier.length)}</summary>
          {earlier.map(bubble)}
        </details>
      ) : null}
      <Welcome isSmall={now.length > 0 || shown.length > 0} />
      {now.map(bubble)}
      {shown.map((message) => <PendingBubble key={message.id} message={message} />)}
      {sending ? (
        <p class="thinking" aria-hidden="true">
          <span class="dots"><i /><i /><i /></span> {t.thinking}
        </p>
      ) : null}
      {shown.length ? null : <Elsewhere card={end} />}
      {unseen ? (
        <button
          type="button"
          class="jump"
          onClick={() => {
            setUnseen(false);
            scrollTo(lastOf(log.current, ".entry"), "start");
          }}
        >
          {t.newMessage}
        </button>
      ) : null}
    </div>
  );
}

/** Shows the last question after a reload, once. */
function useRestoredView(log: { current: HTMLElement | null }, ready: boolean, some: boolean): void {
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current) return;
    done.current = true;
    if (some) lastOf(log.current, ".entry.own")?.scrollIntoView({ block: "start" });
  }, [log, ready, some]);
}

/** A button that was tapped may be gone with the answer: then the answer has the focus, not the beginning of the page. */
function catchFocus(log: HTMLElement | null): void {
  const root = log?.getRootNode() as Document | ShadowRoot | undefined;
  if (root?.activeElement && root.activeElement !== document.body) return;
  const answer = lastOf(log, ".entry.answer");
  if (answer instanceof HTMLElement) answer.focus({ preventScroll: true });
}

function lastOf(log: HTMLElement | null, selector: string): Element | undefined {
  return [...(log?.querySelectorAll(selector) ?? [])].at(-1);
}

function scrollTo(element: Element | null | undefined, block: ScrollLogicalPosition): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}
