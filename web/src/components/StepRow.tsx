import type { Step } from "../api/types";
import { useChat } from "../context";
import { StepBadges, StepFacts, titleOf } from "./StepFacts";

interface Props {
  step: Step;
  isDone: boolean;
  onTick: (done: boolean) => void;
}

/** One step of a chain: its number on the line, its facts, and a box to tick. */
export function StepRow({ step, isDone, onTick }: Props) {
  const { t } = useChat();
  const title = titleOf(step);
  return (
    <li class={`step ${isDone ? "done" : ""}`} data-matter={step.matter_id}>
      <span class="number" aria-hidden="true">{step.order}</span>
      <div class="what">
        <h3 lang="zh-CN">{title}</h3>
        <StepBadges step={step} />
        <StepFacts step={step}>
          <label class="tick">
            <input
              type="checkbox"
              checked={isDone}
              aria-label={t.card.doneOf(title)}
              onChange={(event) => onTick(event.currentTarget.checked)}
            />
            <span aria-hidden="true">{t.card.done}</span>
          </label>
        </StepFacts>
      </div>
    </li>
  );
}
