import { useChat, useWatched } from "../context";
import { canSpeak, hush, speak, speaking } from "../speech/speak";
import type { Item } from "../state/thread";
import { AnswerCard } from "./AnswerCard";
import { SpeakerIcon } from "./icons";

/** One message: a citizen's words, a person's words, or an answer with its card. */
export function Bubble({ item, isLast }: { item: Item; isLast: boolean }) {
  const { t } = useChat();
  const { entry } = item;
  if (entry.author === "assistant") return <Answer item={item} isLast={isLast} />;
  const mine = entry.author === "citizen";
  return (
    <article class={`entry ${mine ? "own" : "person"}`} aria-label={mine ? t.you : t.person(entry.name)} data-n={entry.n}>
      {mine ? null : <p class="from">{t.person(entry.name)}</p>}
      <p class="words" lang="zh-CN">{entry.text}</p>
    </article>
  );
}

function Answer({ item: { key, entry }, isLast }: { item: Item; isLast: boolean }) {
  const { preferences, t } = useChat();
  const { elder } = useWatched(preferences);
  const aloud = useWatched(speaking) === key;
  return (
    <article class="entry answer" tabIndex={-1} data-kind={entry.card?.kind} aria-label={t.assistant} data-n={entry.n}>
      <AnswerCard text={entry.text} card={entry.card} isLast={isLast} />
      {elder && canSpeak() ? (
        <button
          type="button"
          class="aloud"
          aria-pressed={aloud}
          onClick={() => (aloud ? hush() : speak(key, entry.text.split("\n")))}
        >
          <SpeakerIcon />
          {aloud ? t.speakStop : t.speak}
        </button>
      ) : null}
    </article>
  );
}
