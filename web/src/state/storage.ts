// What is kept on the device. A browser that forbids it costs memory over visits, nothing else.

/** The text kept under a name; null where there is none. */
export function readText(name: string, where: "local" | "session" = "local"): string | null {
  try {
    return store(where).getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text under a name, or forgets it where it is null. */
export function writeText(name: string, text: string | null, where: "local" | "session" = "local"): void {
  try {
    if (text === null) store(where).removeItem(name);
    else store(where).setItem(name, text);
  } catch {
    // Private windows and full disks: the page works on without memory.
  }
}

/** The list of texts kept under a name; empty where there is none or it is spoilt. */
export function readTexts(name: string): string[] {
  try {
    const kept: unknown = JSON.parse(readText(name) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text): text is string => typeof text === "string") : [];
  } catch {
    return [];
  }
}

/** All names kept that begin with this. */
export function namesOf(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

function store(where: "local" | "session"): Storage {
  return where === "local" ? localStorage : sessionStorage;
}
