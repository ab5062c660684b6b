import type { Language } from "../state/preferences";
import { en } from "./en";
import { type Wording, zh } from "./zh";

export type { Wording };

const LANGUAGES: Record<Language, Wording> = { zh, en };

/** The wording of a language. */
export function wordingOf(language: Language): Wording {
  return LANGUAGES[language];
}

/** What “new conversation” is called in any language: so the server's history shows where one began. */
export const RESTARTS: readonly string[] = [zh.newConversation, en.newConversation];
