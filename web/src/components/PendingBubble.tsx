import { useChat } from "../context";
import type { Pending } from "../state/outbox";

/** One's own message on its way; where it failed it stays, with the reason and a way to send it again. */
export function PendingBubble({ message }: { message: Pending }) {
  const { conversation, t } = useChat();
  const failed = message.state === "failed";
  return (
    <article class={`entry own pending ${failed ? "failed" : ""}`} aria-label={t.you}>
      <p class="words">{message.label ?? message.text}</p>
      {failed ? (
        <div class="problem" role="alert">
          <p><strong>{t.failed}</strong> {message.failed}</p>
          <p class="buttons">
            <button type="button" onClick={() => void conversation.retry(message.id)}>{t.retry}</button>
            <button type="button" class="plain" onClick={() => conversation.discard(message.id)}>{t.discard}</button>
          </p>
        </div>
      ) : null}
    </article>
  );
}
