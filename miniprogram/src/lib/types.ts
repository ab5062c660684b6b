// What the server sends: docs/contract/reply.schema.json and docs/openapi.yml.

export type Audience = "individual" | "enterprise";

export interface Named {
  id: string;
  name: string;
}

/** An office of the operator's directory: not the list's word. */
export interface Office {
  name: string;
  address?: string | null;
  phone?: string | null;
  hours?: string | null;
}

export interface Step {
  order: number;
  matter_id: string;
  matter: string;
  title?: string;
  type?: string | null;
  stage?: string;
  scene?: string;
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
}

export type Format = "html" | "pdf" | "docx";
export type NoticePaths = Partial<Record<Format, string>>;

export interface Card {
  kind: string;
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
}

export interface Entry {
  n: number;
  author: "citizen" | "assistant" | "person";
  text: string;
  card: Card | null;
  at: number;
}

export interface Handoff {
  state: "waiting" | "taken" | "ended";
  place: number | null;
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

export interface Outgoing {
  id: string;
  text: string;
  label?: string;
  region?: string;
  audience?: Audience;
}

export interface Region {
  id: string;
  name: string;
  short: string;
  audiences: Audience[];
  examples: { id: string; title: string; audience: Audience; payload: string }[];
}

/** Words that lead to a page, by the address that the portal has for it. */
export interface Link {
  text: string;
  path: string;
  note: string;
}

interface Titled {
  title: string;
  path: string;
  region: Named & { note: string };
}

export interface ChainPage extends Titled {
  count: string;
  left_out: string[];
  unsaid: string[];
  card: Card;
}

export interface MatterPage extends Titled {
  scenarios: Link[];
  related: Link[];
  neighbours: Link[];
  elsewhere: Link[];
  corrections: { field: string; printed: string; shown: string }[];
  unsaid: string[];
  notice: NoticePaths;
  card: Card;
}

export interface Stage {
  title: string;
  scenarios: Link[];
  scenes: { title: string; matters: Link[] }[];
}

export interface GuidePage extends Titled {
  audiences: { id: Audience; title: string; document: string; count: number; stages: Stage[] }[];
}

export interface Found {
  query: string;
  region: string | null;
  meant: Link[];
  around: Link[];
  printed: Link[];
  more: number;
}
