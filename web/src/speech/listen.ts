/** As much of the browsers' SpeechRecognition as is used here; TypeScript's library does not have it. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
}

type Maker = new () => Recognition;

function maker(): Maker | null {
  const names = globalThis as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return names.SpeechRecognition ?? names.webkitSpeechRecognition ?? null;
}

/** Whether this browser can turn speech into text. */
export const canListen = (): boolean => maker() !== null;

/** Listens for one utterance; `heard` gets the words as they come, `ended` whether there were any. Returns a way to stop. */
export function listen(heard: (words: string) => void, ended: (understood: boolean) => void): () => void {
  const Made = maker();
  if (!Made) return () => undefined;
  const recognition = new Made();
  let words = "";
  recognition.lang = "zh-CN";
  recognition.interimResults = true;
  recognition.onresult = ({ results }) => {
    words = Array.from(results, (result) => result[0]?.transcript ?? "").join("");
    heard(words);
  };
  // An error is always followed by the end.
  recognition.onend = () => ended(words !== "");
  recognition.start();
  return () => recognition.stop();
}
