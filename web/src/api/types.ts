// What the server sends: docs/contract/reply.schema.json and the message API in docs/openapi.yml.

export type Audience = "individual" | "enterprise";

export interface Named {
  id: string;
  name: string;
}

/** An office of the operator's facility directory: not the list's word. */
export interface Office {
  name: string;
  address?: string | null;
  phone?: string | null;
  hours?: string | null;
  source?: string | null;
  checked?: string | null;
}

export interface Step {
  order: number;
  matter_id: string;
  matter: string;
  submatter?: string | null;
  title?: string;
  departments: string[];
  lead?: string[];
  places: string[];
  certificates: string[];
  online?: boolean | null;
  level?: string | null;
  condition?: string | null;
  source: { document: string; row: string };
  offices?: Office[];
}

export interface Option {
  label: string;
  payload: string;
  matter_id?: string | null;
  scenario_id?: string | null;
}

export interface Condition {
  id: string;
  question: string;
  why: string;
  chosen: string | null;
  options: { value: string; label: string; payload: string }[];
  undo: string;
}

export type NoticePaths = Partial<Record<"html" | "pdf" | "docx", string>>;

export type Kind =
  | "chain"
  | "matter"
  | "slot"
  | "list"
  | "compare"
  | "clarify"
  | "refuse"
  | "out_of_scope"
  | "smalltalk"
  | "handoff"
  | "feedback"
  | "error";

export interface Card {
  schema: "reply/1";
  kind: Kind;
  region?: Named | null;
  audience?: Audience | null;
  scenario?: { id: string; title: string; composed?: boolean; sequence?: boolean } | null;
  steps?: Step[];
  comparison?: { region: Named; steps: Step[] }[];
  slot?: { name: string; given: boolean; values: string[] };
  options?: Option[];
  conditions?: Condition[];
  following?: { id: string; title: string; payload: string }[];
  notice?: NoticePaths;
  rating?: "asked";
  feedback?: { level: number };
  handoff?: { state: string; place: number | null; open: boolean };
}

export interface Entry {
  n: number;
  author: "citizen" | "assistant" | "person";
  name: string | null;
  text: string;
  card: Card | null;
  at: number;
}

export interface Handoff {
  state: "waiting" | "taken" | "ended";
  place: number | null;
  by: string | null;
}

export interface News {
  messages: Entry[];
  handoff: Handoff | null;
  last: number;
}

export interface History extends News {
  region: string | null;
  audience: Audience | null;
}

export interface Example {
  id: string;
  title: string;
  audience: Audience;
  payload: string;
}

export interface RegionChoice {
  id: string;
  name: string;
  short: string;
  audiences: Audience[];
  examples: Example[];
}

export interface Outgoing {
  id: string;
  text: string;
  label?: string;
  region?: string;
  audience?: Audience;
}
