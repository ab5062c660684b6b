import { useState } from "preact/hooks";
import type { Step } from "../api/types";
import { useChat } from "../context";
import { matterPayload } from "../state/payloads";
import { StepBadges, titleOf } from "./StepFacts";

/** How many matters a list shows at a time. */
export const PAGE = 12;
const LABEL_LIMIT = 80;

/** A look-up's matters, some at a time; each leads to the matter in full. */
export function ListCard({ steps }: { steps: readonly Step[] }) {
  const { conversation, t } = useChat();
  const [shown, setShown] = useState(PAGE);
  const left = steps.length - shown;
  return (
    <div class="card list">
      <ul>
        {steps.slice(0, shown).map((step) => (
          <li key={step.matter_id} data-matter={step.matter_id}>
            <button
              type="button"
              class="link"
              lang="zh-CN"
              onClick={() => void conversation.send(matterPayload(step.matter_id), titleOf(step).slice(0, LABEL_LIMIT))}
            >
              {titleOf(step)}
            </button>
            <p class="where" lang="zh-CN">
              {[step.departments.join("、"), t.card.row("", step.source.row)].filter(Boolean).join(" · ")}
            </p>
            <StepBadges step={step} />
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <p class="buttons">
          <button type="button" onClick={() => setShown(shown + PAGE)}>{t.card.more(Math.min(PAGE, left))}</button>
          <span class="hint">{t.card.shown(shown, steps.length)}</span>
        </p>
      ) : null}
    </div>
  );
}
