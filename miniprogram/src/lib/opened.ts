import { wordsOf } from "./failure";

/** What of a page says how far it has come; `problem` is words for a person. */
export interface Opening {
  loading: boolean;
  problem: string;
}

interface Shown {
  setData(data: Partial<Opening> & Record<string, unknown>): void;
}

/** Fetches what a page shows, and tells the page of it: while it lasts, what came, or why nothing did. */
export async function fetchInto(page: Shown, ask: () => Promise<Record<string, unknown>>): Promise<void> {
  page.setData({ loading: true, problem: "" });
  try {
    page.setData({ ...(await ask()), loading: false });
  } catch (error) {
    page.setData({ loading: false, problem: wordsOf(error) });
  }
}
