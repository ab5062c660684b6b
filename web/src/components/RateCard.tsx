import type { Card } from "../api/types";
import { useChat } from "../context";
import { Prose } from "./Prose";

const STARS = 5;

/** A rating by one to five stars, each with its words. */
export function RateCard({ card, lines, isLast }: { card: Card; lines: readonly string[]; isLast: boolean }) {
  const { conversation, t } = useChat();
  return (
    <>
      <Prose lines={lines} />
      {isLast ? (
        <ul class="stars" aria-label={t.card.rate}>
          {(card.options ?? []).map(({ label, payload }, at) => (
            <li key={payload}>
              <button type="button" onClick={() => void conversation.send(payload, label)}>
                <span class="drawn-stars" aria-hidden="true">{"★".repeat(STARS - at)}{"☆".repeat(at)}</span>
                <span lang="zh-CN">{label}</span>
                <span class="unseen"> {t.card.stars(STARS - at)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
