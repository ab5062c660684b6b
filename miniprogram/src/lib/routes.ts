import type { Facts } from "./api";
import { decoded, parametersOf, queryOf } from "./query";
import type { Card } from "./types";

const GUIDE = /^\/guide\/([^/?]+)(?:\/([^/?]+))?/;
const MATTER = /^\/matter\/([^/?]+)/;
/** What a page's own parameters are called; all others are conditions of the chain. */
const OWN = new Set(["region", "scenario"]);

/** The page of a chain with the conditions chosen: the same address on every telephone. */
export function chainUrl(region: string, scenario: string, facts: Facts = {}): string {
  return `/pages/chain/chain${queryOf({ ...facts, region, scenario })}`;
}

/** The page of the notice about a chain. */
export function noticeUrl(region: string, scenario: string, facts: Facts = {}): string {
  return `/pages/notice/notice${queryOf({ ...facts, region, scenario })}`;
}

/** The page of a matter. */
export function matterUrl(id: string): string {
  return `/pages/matter/matter${queryOf({ id })}`;
}

/** The page of ours for an address of the portal; empty where there is none. */
export function urlOf(path: string): string {
  const matter = MATTER.exec(path);
  if (matter) return matterUrl(decoded(matter[1] ?? ""));
  const [, region, scenario] = GUIDE.exec(path) ?? [];
  return region && scenario ? chainUrl(decoded(region), decoded(scenario), parametersOf(path)) : "";
}

/** What a chain's page was opened for; WeChat hands parameters over as they stand in the address. */
export function chainAsked(query: Readonly<Record<string, string | undefined>>): { region: string; scenario: string; facts: Record<string, string> } {
  const facts: Record<string, string> = {};
  for (const name of Object.keys(query)) {
    if (!OWN.has(name)) facts[decoded(name)] = decoded(query[name] ?? "");
  }
  return { region: decoded(query.region ?? ""), scenario: decoded(query.scenario ?? ""), facts };
}

/** The conditions that were chosen for the chain of a card. */
export function factsOf(card: Card): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const { id, chosen } of card.conditions ?? []) if (chosen !== null) facts[id] = chosen;
  return facts;
}
