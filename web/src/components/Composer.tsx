import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useChat, useWatched } from "../context";
import { canListen, listen } from "../speech/listen";
import { MicrophoneIcon, SendIcon } from "./icons";

const LONGEST = 4000;

/** The field for the question; Enter sends, Shift+Enter breaks the line. */
export function Composer({ draft }: { draft: string }) {
  const { conversation, preferences, t, inWidget } = useChat();
  const { elder } = useWatched(preferences);
  const [text, setText] = useState(draft);
  const [hears, setHears] = useState<(() => void) | null>(null);
  const [unheard, setUnheard] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const id = inWidget ? `${hint}-question` : "question";

  useEffect(() => {
    const box = field.current;
    if (!box) return;
    box.rows = Math.min(5, text.split("\n").length);
  }, [text]);

  const submit = (): void => {
    const said = text.trim();
    if (!said) return;
    setText("");
    void conversation.send(said);
    field.current?.focus();
  };
  const toggleListening = (): void => {
    if (hears) return hears();
    setUnheard(false);
    const stop = listen(setText, (understood) => {
      setHears(null);
      setUnheard(!understood);
      field.current?.focus();
    });
    setHears(() => stop);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label for={id} class={elder ? "question" : "unseen"}>{t.ask}</label>
      <div class="row">
        <textarea
          id={id}
          ref={field}
          rows={1}
          maxLength={LONGEST}
          placeholder={t.placeholder}
          autocomplete="off"
          aria-describedby={hint}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            submit();
          }}
        />
        {elder && canListen() ? (
          <button type="button" class="voice" aria-pressed={hears !== null} onClick={toggleListening}>
            <MicrophoneIcon />
            {hears ? t.listenStop : t.listen}
          </button>
        ) : null}
        <button type="submit" class="primary">
          <SendIcon />
          {t.send}
        </button>
      </div>
      <p id={hint} class="hint">{hears ? t.listening : unheard ? t.unheard : t.privacy}</p>
    </form>
  );
}
