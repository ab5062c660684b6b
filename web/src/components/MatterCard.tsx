import type { Step } from "../api/types";
import { StepBadges, StepFacts, titleOf } from "./StepFacts";

/** One matter in full, or the few that a wish comes to. */
export function MatterCard({ steps }: { steps: readonly Step[] }) {
  return (
    <div class="card matters">
      {steps.map((step) => (
        <section key={step.matter_id} data-matter={step.matter_id}>
          <h2 lang="zh-CN">{steps.length > 1 ? `${step.order}. ${titleOf(step)}` : titleOf(step)}</h2>
          <StepBadges step={step} />
          <StepFacts step={step} />
        </section>
      ))}
    </div>
  );
}
