import { useId, useState } from "preact/hooks";
import type { Card } from "../api/types";
import { useChat } from "../context";
import { keepsForLater, kindOf } from "../state/payloads";
import { readTicks, writeTicks } from "../state/ticks";
import { ChainActions } from "./ChainActions";
import { ConditionSwitches } from "./ConditionSwitches";
import { Options } from "./Options";
import { StepRow } from "./StepRow";

interface Props {
  card: Card;
  lines: readonly string[];
  isLast: boolean;
}

/** A chain as a timeline: the person's situation, the steps in order, what to do with it, what may follow. */
export function ChainCard({ card, lines, isLast }: Props) {
  const { conversation, t } = useChat();
  const heading = useId();
  const [lead, ...notes] = lines;
  const { scenario, region } = card;
  const steps = card.steps ?? [];
  const following = card.following ?? [];
  const kept = [region?.id ?? "", scenario?.id ?? ""] as const;
  const [done, setDone] = useState(() => readTicks(...kept));

  const tick = (id: string, isDone: boolean): void => {
    const now = new Set(done);
    if (isDone) now.add(id);
    else now.delete(id);
    writeTicks(...kept, now);
    setDone(now);
  };
  const count = steps.filter((step) => done.has(step.matter_id)).length;
  return (
    <>
      {lead === undefined ? null : <p class="lead" lang="zh-CN">{lead}</p>}
      <section class="card chain" aria-labelledby={heading}>
        <header>
          <h2 id={heading} lang="zh-CN">{scenario?.title}</h2>
          <p class="badges">
            {region ? <span class="badge" lang="zh-CN">{region.name}</span> : null}
            <span class="badge">{t.card.count(steps.length)}</span>
            <span class="badge">{scenario?.sequence === false ? t.card.menu : t.card.sequence}</span>
            {scenario?.composed ? <span class="badge note">{t.card.composed}</span> : null}
          </p>
        </header>
        <ConditionSwitches conditions={card.conditions ?? []} />
        {count ? <p class="progress">{t.card.progress(count, steps.length)} <small>{t.card.deviceOnly}</small></p> : null}
        <ol class="timeline">
          {steps.map((step) => (
            <StepRow key={step.matter_id} step={step} isDone={done.has(step.matter_id)} onTick={(on) => tick(step.matter_id, on)} />
          ))}
        </ol>
        {notes.length ? <div class="notes" lang="zh-CN">{notes.map((line) => <p key={line}>{line}</p>)}</div> : null}
        <ChainActions card={card} />
        {following.length ? (
          <div class="options">
            <h3 class="label">{t.card.following}</h3>
            <ul class="choices" lang="zh-CN">
              {following.map(({ id, title, payload }) => (
                <li key={id}>
                  <button type="button" onClick={() => void conversation.send(payload, title)}>{title}</button>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </section>
      <Options options={otherOptions(card)} isLast={isLast} title={t.card.next} />
    </>
  );
}

/** Options that the card does not already draw as switches, steps or what follows. */
function otherOptions(card: Card) {
  const following = new Set((card.following ?? []).map(({ id }) => id));
  const steps = new Set((card.steps ?? []).map((step) => step.matter_id));
  return (card.options ?? []).filter(
    ({ payload, matter_id, scenario_id }) =>
      kindOf(payload) !== "fact" && !(matter_id && steps.has(matter_id)) && !(scenario_id && following.has(scenario_id) && keepsForLater(payload)),
  );
}
