import { useId } from "preact/hooks";
import type { Audience } from "../api/types";
import { useChat, useWatched } from "../context";

const AUDIENCES: readonly Audience[] = ["individual", "enterprise"];

/** Region and audience: always in sight, remembered, and only what there is a list for. */
export function PlacePicker({ lost }: { lost: boolean }) {
  const { preferences, regions, t } = useChat();
  const now = useWatched(preferences);
  const [region, audience] = [useId(), useId()];
  const here = regions.find(({ id }) => id === now.region);

  const chooseRegion = (id: string | null): void => {
    const has = regions.find((choice) => choice.id === id)?.audiences ?? AUDIENCES;
    preferences.set({ ...now, region: id, audience: now.audience && has.includes(now.audience) ? now.audience : null });
  };
  return (
    <form class="picker" aria-label={t.where} onSubmit={(event) => event.preventDefault()}>
      <p class="field">
        <label for={region}>{t.region}</label>
        <select id={region} value={now.region ?? ""} onChange={(event) => chooseRegion(event.currentTarget.value || null)}>
          <option value="">{t.unset}</option>
          {/* A choice kept from another visit stands here also while the regions are being loaded. */}
          {now.region && !here ? <option value={now.region}>…</option> : null}
          {regions.map(({ id, short }) => (
            <option key={id} value={id} lang="zh-CN">{short}</option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for={audience}>{t.audience}</label>
        <select
          id={audience}
          value={now.audience ?? ""}
          onChange={(event) => preferences.set({ ...now, audience: (event.currentTarget.value || null) as Audience | null })}
        >
          <option value="">{t.unset}</option>
          {AUDIENCES.map((id) => (
            <option key={id} value={id} disabled={here ? !here.audiences.includes(id) : false}>{t.audiences[id]}</option>
          ))}
        </select>
      </p>
      {lost ? <p class="hint">{t.regionsFailed}</p> : null}
    </form>
  );
}
