import type { Card } from "../api/types";
import { useChat, useWatched } from "../context";
import { regionPayload } from "../state/payloads";

/** After another region was picked: the last question for that region, if the person wants. */
export function Elsewhere({ card }: { card: Card | null }) {
  const { conversation, preferences, regions, t } = useChat();
  const { region } = useWatched(preferences);
  const picked = regions.find(({ id }) => id === region);
  if (!picked || !card?.region || card.kind === "compare" || !card.steps?.length || card.region.id === picked.id) return null;
  return (
    <p class="elsewhere">
      <button type="button" onClick={() => void conversation.send(regionPayload(picked.id), picked.short)}>
        {t.elsewhere(picked.short)}
      </button>
    </p>
  );
}
