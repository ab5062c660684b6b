import { useRef } from "preact/hooks";
import type { Handoff } from "../api/types";
import { useChat, useWatched } from "../context";
import type { Wording } from "../wording";

/** What stands above the conversation: no network, nothing restored, waiting for a person. */
export function Notices() {
  const { conversation, t } = useChat();
  const { online, phase, handoff } = useWatched(conversation.view);
  // That it ended is news only for those who saw it open; it stays until the page is opened anew.
  const wasOpen = useRef(false);
  if (handoff && handoff.state !== "ended") wasOpen.current = true;
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
      {handoff && (handoff.state !== "ended" || wasOpen.current) ? (
        <p class="banner calm">
          <strong>{t.handoff.title}</strong>{" "}
          {words(t, handoff)}
        </p>
      ) : null}
    </>
  );
}

function words(t: Wording, { state, place, by }: Handoff): string {
  if (state === "waiting") return t.handoff.waiting(place);
  return state === "taken" ? t.handoff.taken(by) : t.handoff.ended;
}
