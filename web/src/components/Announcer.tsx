import { useEffect, useState } from "preact/hooks";
import { useChat, useWatched } from "../context";
import { announcementOf } from "../state/prose";
import { isSwitchOf } from "../state/thread";

/** The one live region: what came in is told once, politely, whatever else changes on the page. */
export function Announcer() {
  const { conversation, t } = useChat();
  const { fresh } = useWatched(conversation.view);
  const [told, setTold] = useState("");
  useEffect(() => {
    const came = fresh.filter(({ author }) => author !== "citizen");
    if (!came.length) return;
    const [said] = fresh.filter(({ author }) => author === "citizen");
    const [card] = came.map((entry) => entry.card);
    const update = said && card?.kind === "chain" && isSwitchOf(card, said.text);
    setTold(
      update
        ? t.card.updated(said.text, card.steps?.length ?? 0)
        : came.map((entry) => announcementOf(entry.text, entry.card, t.card.steps)).join(" "),
    );
  }, [fresh, t]);
  return <p class="unseen" role="status" aria-live="polite">{told}</p>;
}
