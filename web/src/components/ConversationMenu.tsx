import { useRef, useState } from "preact/hooks";
import { useChat, useWatched } from "../context";
import { RESTART } from "../state/payloads";
import { forgetTicks } from "../state/ticks";

/** A new conversation, and the deletion of this one, which asks first. */
export function ConversationMenu() {
  const { conversation, t } = useChat();
  const { entries } = useWatched(conversation.view);
  const [told, setTold] = useState("");
  const dialog = useRef<HTMLDialogElement>(null);
  const nothing = entries.length === 0;

  const remove = async (): Promise<void> => {
    try {
      await conversation.remove();
      forgetTicks();
      setTold(t.removed);
      // The button that was pressed has nothing to delete any more; the next thing to do is to ask.
      dialog.current?.closest(".chat")?.querySelector("textarea")?.focus();
    } catch {
      setTold(t.removeFailed);
    }
  };
  return (
    <footer class="menu">
      <button type="button" disabled={nothing} onClick={() => void conversation.send(RESTART, t.newConversation)}>
        {t.newConversation}
      </button>
      <button type="button" disabled={nothing} onClick={() => dialog.current?.showModal()}>
        {t.remove}
      </button>
      <p class="hint" role="status">{told}</p>
      <dialog
        ref={dialog}
        aria-labelledby="yilianban-remove"
        onClose={(event) => {
          if (event.currentTarget.returnValue === "remove") void remove();
          event.currentTarget.returnValue = "";
        }}
      >
        <form method="dialog">
          <h2 id="yilianban-remove">{t.removeQuestion}</h2>
          <p>{t.removeHint}</p>
          <p class="buttons">
            <button value="keep" autofocus>{t.removeNo}</button>
            <button value="remove" class="danger">{t.removeYes}</button>
          </p>
        </form>
      </dialog>
    </footer>
  );
}
