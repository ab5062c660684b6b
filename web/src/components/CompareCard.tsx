import type { Card } from "../api/types";
import { useChat } from "../context";
import { StepBadges, StepFacts, titleOf } from "./StepFacts";

/** The same thing in several regions, side by side where there is room. */
export function CompareCard({ card }: { card: Card }) {
  const { t } = useChat();
  return (
    <div class="card compare">
      {(card.comparison ?? []).map(({ region, steps }) => (
        <section key={region.id}>
          <h2 lang="zh-CN">{region.name}</h2>
          {steps.length ? null : <p class="missing">{t.card.missing}</p>}
          {steps.map((step) => (
            <div key={step.matter_id} data-matter={step.matter_id}>
              <h3 lang="zh-CN">{titleOf(step)}</h3>
              <StepBadges step={step} />
              <StepFacts step={step} />
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}
