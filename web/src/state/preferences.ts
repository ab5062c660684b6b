import type { Audience } from "../api/types";
import { readText, writeText } from "./storage";
import { Watched } from "./watched";

export type Language = "zh" | "en";

/** What a person chose about the page; kept on the device. */
export interface Preferences {
  region: string | null;
  audience: Audience | null;
  language: Language;
  elder: boolean;
}

const PREFIX = "yilianban.";

/** The preferences as they were left; what the page's address or the site says goes before. */
export function keptPreferences(given: Partial<Preferences> = {}): Watched<Preferences> {
  const audience = readText(`${PREFIX}audience`);
  const kept = new Watched<Preferences>({
    region: readText(`${PREFIX}region`),
    audience: audience === "individual" || audience === "enterprise" ? audience : null,
    language: readText(`${PREFIX}language`) === "en" ? "en" : "zh",
    elder: readText(`${PREFIX}elder`) === "1",
    ...given,
  });
  kept.watch(() => {
    const { region, audience, language, elder } = kept.value;
    writeText(`${PREFIX}region`, region);
    writeText(`${PREFIX}audience`, audience);
    writeText(`${PREFIX}language`, language === "en" ? "en" : null);
    writeText(`${PREFIX}elder`, elder ? "1" : null);
  });
  return kept;
}
