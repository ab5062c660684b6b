import { useEffect, useState } from "preact/hooks";
import { useChat, useWatched } from "../context";
import { announcementOf } from "../state/prose";
import { isSwitchOf } from "../state/thread";

/** The one live region: what came in is told once, politely, whatever else changes on the page. */
export function Announcer() {
  const { conversation, t } = useChat();
  const { fresh } = useWatched(conversation.view);
  const [told, setTold] = useState({ text: "", turn: 0 });
  useEffect(() => {
    const came = fresh.filter(({ author }) => author !== "citizen");
    if (!came.length) return;
    const [said] = fresh.filter(({ author }) => author === "citizen");
    const [card] = came.map((entry) => entry.card);
    const update = said && card?.kind === "chain" && isSwitchOf(card, said.text);
    const text = update
      ? t.card.updated(said.text, card.steps?.length ?? 0)
      : came.map((entry) => announcementOf(entry.text, entry.card, t.card.steps)).join(" ");
    setTold(({ turn }) => ({ text, turn: turn + 1 }));
  }, [fresh]); // not with the language: what was told is not told again in another
  // A new element each time, so that the same words said twice are told twice.
  return <p class="unseen" role="status" aria-live="polite"><span key={told.turn}>{told.text}</span></p>;
}
