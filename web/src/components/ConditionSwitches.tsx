import { useId } from "preact/hooks";
import type { Condition } from "../api/types";
import { useChat } from "../context";
import { zh } from "../wording/zh";

/** The questions that shape a chain; an answer changes the steps below at once and can be taken back. */
export function ConditionSwitches({ conditions }: { conditions: readonly Condition[] }) {
  const { t } = useChat();
  if (!conditions.length) return null;
  return (
    <div class="conditions">
      <h3 class="label">{t.card.conditions} <small>{t.card.conditionsHint}</small></h3>
      {conditions.map((condition) => <Switch key={condition.id} condition={condition} />)}
    </div>
  );
}

function Switch({ condition: { question, why, chosen, options, undo } }: { condition: Condition }) {
  const { conversation, t } = useChat();
  const [asked, reason] = [useId(), useId()];
  // What the history shows is Chinese, as the answers are: so that any language folds it into the card again.
  const choose = (payload: string, said: string): void => void conversation.send(payload, said);
  return (
    <div class="condition" role="group" aria-labelledby={asked} aria-describedby={reason}>
      <p id={asked} lang="zh-CN"><strong>{question}</strong> <small id={reason}>{why}</small></p>
      <div class="switch" lang="zh-CN">
        {options.map(({ value, label, payload }) => (
          <button
            key={value}
            type="button"
            aria-pressed={chosen === value}
            onClick={() => chosen !== value && choose(payload, zh.card.chosen(question, label))}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          class="unsure"
          lang={t.lang}
          aria-pressed={chosen === null}
          onClick={() => chosen !== null && choose(undo, zh.card.unsureSaid(question))}
        >
          {t.card.unsure}
        </button>
      </div>
    </div>
  );
}
