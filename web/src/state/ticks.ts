import { namesOf, readTexts, writeText } from "./storage";

const PREFIX = "yilianban.done.";

/** The matters of a chain that were ticked off on this device; nothing of it is sent anywhere. */
export function readTicks(region: string, scenario: string): Set<string> {
  return new Set(readTexts(`${PREFIX}${region}.${scenario}`));
}

/** Keeps them. */
export function writeTicks(region: string, scenario: string, done: ReadonlySet<string>): void {
  writeText(`${PREFIX}${region}.${scenario}`, done.size ? JSON.stringify([...done]) : null);
}

/** Forgets all of them. */
export function forgetTicks(): void {
  for (const name of namesOf(PREFIX)) writeText(name, null);
}
