import type { Card } from "../api/types";

const NOTICE = /^\/notice\/(?!.*\.\.)[\w./?=&%,-]+$/;

/** The page of this chain with what was chosen; null where the card is no chain. */
export function guidePath({ region, scenario, conditions }: Card): string | null {
  if (!region || !scenario) return null;
  const query = new URLSearchParams();
  for (const { id, chosen } of conditions ?? []) if (chosen !== null) query.set(id, chosen);
  query.sort();
  const asked = query.toString();
  return `/guide/${encodeURIComponent(region.id)}/${encodeURIComponent(scenario.id)}${asked ? `?${asked}` : ""}`;
}

/** Whether this is the address of a notice of this server, and nothing else that a link could be made of. */
export function isNotice(path: string | undefined): path is string {
  return path !== undefined && NOTICE.test(path);
}
