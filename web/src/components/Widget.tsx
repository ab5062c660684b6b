import { useEffect, useRef, useState } from "preact/hooks";
import type { ChatApi } from "../api/client";
import { useWatched } from "../context";
import type { Conversation } from "../state/conversation";
import type { Preferences } from "../state/preferences";
import type { Watched } from "../state/watched";
import { wordingOf } from "../wording";
import { App } from "./App";
import { Emblem } from "./icons";

interface Props {
  api: ChatApi;
  conversation: Conversation;
  preferences: Watched<Preferences>;
}

/** The button in the corner of another site, and the chat that it opens. Nothing is asked of the server before that. */
export function Widget({ api, conversation, preferences }: Props) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const t = wordingOf(useWatched(preferences).language);

  useEffect(() => {
    if (open) panel.current?.querySelector("textarea")?.focus();
  }, [open]);

  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <button
        type="button"
        class="opener"
        ref={opener}
        lang={t.lang}
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => (open ? close() : setOpen(true))}
      >
        <Emblem />
        {t.widget.open}
      </button>
      {open ? (
        <section
          class="panel"
          role="dialog"
          aria-label={t.widget.title}
          ref={panel}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.defaultPrevented && !panel.current?.querySelector("dialog[open]")) close();
          }}
        >
          <App api={api} conversation={conversation} preferences={preferences} onClose={close} />
        </section>
      ) : null}
    </>
  );
}
