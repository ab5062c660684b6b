import { useChat, useWatched } from "../context";

/** What stands above the conversation: no network, nothing restored, waiting for a person. */
export function Notices() {
  const { conversation, t } = useChat();
  const { online, phase, handoff } = useWatched(conversation.view);
  return (
    <>
      {online ? null : <p class="banner" role="status">{t.offline}</p>}
      {phase === "failed" && online ? (
        <p class="banner" role="status">
          {t.restoreFailed}{" "}
          <button type="button" onClick={() => void conversation.restore()}>{t.restoreAgain}</button>
        </p>
      ) : null}
      {/* Not live: the message that came with it is announced already. */}
      {handoff && handoff.state !== "ended" ? (
        <p class="banner calm">
          <strong>{t.handoff.title}</strong>{" "}
          {handoff.state === "waiting" ? t.handoff.waiting(handoff.place) : t.handoff.taken(handoff.by)}
        </p>
      ) : null}
    </>
  );
}
