import { Watched } from "../state/watched";

const synthesis = (): SpeechSynthesis | null => (typeof speechSynthesis === "undefined" ? null : speechSynthesis);

/** Whether this browser can read aloud. */
export const canSpeak = (): boolean => synthesis() !== null;

/** What is being read aloud now; null in silence. */
export const speaking = new Watched<number | null>(null);

/** Reads lines aloud in Chinese under a key; whatever was being read stops. */
export function speak(key: number, lines: readonly string[]): void {
  const voice = synthesis();
  if (!voice) return;
  voice.cancel();
  speaking.set(key);
  lines.forEach((line, at) => {
    const spoken = new SpeechSynthesisUtterance(line);
    spoken.lang = "zh-CN";
    spoken.rate = 0.9;
    if (at === lines.length - 1) spoken.onend = () => speaking.value === key && speaking.set(null);
    spoken.onerror = () => speaking.value === key && speaking.set(null);
    voice.speak(spoken);
  });
}

/** Stops reading. */
export function hush(): void {
  synthesis()?.cancel();
  speaking.set(null);
}
