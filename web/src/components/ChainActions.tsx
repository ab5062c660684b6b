import { useRef, useState } from "preact/hooks";
import type { Card } from "../api/types";
import { useChat } from "../context";
import { guidePath } from "../state/links";
import { NoticeLinks } from "./NoticeLinks";

/** What can be done with a chain: share its address, print it, take the notice along. */
export function ChainActions({ card }: { card: Card }) {
  const { api, t, inWidget } = useChat();
  const [told, setTold] = useState("");
  const here = useRef<HTMLDivElement>(null);
  const path = guidePath(card);
  const address = path ? new URL(path, api.origin).href : null;

  const share = async (): Promise<void> => {
    if (!address) return;
    try {
      if (navigator.share) await navigator.share({ title: card.scenario?.title ?? "", url: address });
      else {
        await navigator.clipboard.writeText(address);
        setTold(t.card.shared);
      }
    } catch (error) {
      // Closing the share sheet is no failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) setTold(`${t.card.sharedFailed} ${address}`);
    }
  };
  return (
    <div class="actions" ref={here}>
      <div class="buttons">
        {address ? <button type="button" onClick={() => void share()}>{t.card.share}</button> : null}
        {inWidget ? null : <button type="button" onClick={() => printOnly(here.current)}>{t.card.print}</button>}
        {address ? <a class="button" href={address} target="_blank" rel="noopener">{t.card.permalink}</a> : null}
      </div>
      {card.notice ? <NoticeLinks paths={card.notice} /> : null}
      <p class="hint" role="status">{told}</p>
    </div>
  );
}

/** Prints the card that this element stands in, without the rest of the conversation. */
function printOnly(element: Element | null): void {
  const [entry, chat] = [element?.closest(".entry"), element?.closest(".chat")];
  entry?.classList.add("printed");
  chat?.classList.add("printing");
  print();
  entry?.classList.remove("printed");
  chat?.classList.remove("printing");
}
