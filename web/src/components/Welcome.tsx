import { useMemo, useState } from "preact/hooks";
import type { Example } from "../api/types";
import { useChat, useWatched } from "../context";

const SHOWN = 6;
const DAY_MS = 86_400_000;

/** A greeting, and events of this region's own lists to begin with: others every day, and on request. */
export function Welcome({ isSmall }: { isSmall: boolean }) {
  const { conversation, preferences, regions, t } = useChat();
  const { region, audience } = useWatched(preferences);
  const [turn, setTurn] = useState(() => Math.floor(Date.now() / DAY_MS));
  const examples = useMemo(() => {
    const here = regions.find(({ id }) => id === region) ?? regions[0];
    return (here?.examples ?? []).filter((example) => !audience || example.audience === audience);
  }, [regions, region, audience]);
  if (isSmall) return null;
  return (
    <section class="welcome" aria-labelledby="yilianban-hello">
      <h2 id="yilianban-hello">{t.hello}</h2>
      <p>{t.helloHint}</p>
      {t.answers ? <p class="hint">{t.answers}</p> : null}
      {examples.length ? (
        <>
          <h3>{t.examples}</h3>
          <ul class="choices" lang="zh-CN">
            {rotated(examples, turn).map(({ id, title, payload }) => (
              <li key={id}>
                <button type="button" onClick={() => void conversation.send(payload, title)}>{title}</button>
              </li>
            ))}
          </ul>
          {examples.length > SHOWN ? (
            <button type="button" class="plain" onClick={() => setTurn(turn + 1)}>{t.otherExamples}</button>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

/** The handful that this turn shows, spread over the whole list; every example has its turn. */
export function rotated(examples: readonly Example[], turn: number): Example[] {
  const stride = Math.max(1, Math.ceil(examples.length / SHOWN));
  return examples.filter((_, at) => at % stride === turn % stride);
}
