import type { Step } from "../api/types";
import { useChat } from "../context";
import { MatterCard } from "./MatterCard";

/** The matters that a short answer is about: there to be looked at, the answer itself stands above. */
export function SlotCard({ steps }: { steps: readonly Step[] }) {
  const { t } = useChat();
  return (
    <details class="more">
      <summary>{t.card.details}</summary>
      <MatterCard steps={steps} />
    </details>
  );
}
