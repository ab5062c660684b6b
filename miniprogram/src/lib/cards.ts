import { chainUrl, factsOf, matterUrl, noticeUrl } from "./routes";
import type { Card, Entry, Option, Step } from "./types";
import { wording } from "./wording";

// Cards as pages draw them: every line is ready, so that templates decide nothing.

export interface Fact {
  label: string;
  value: string;
  /** Set where tapping it rings somebody. */
  phone: string;
}

export interface StepView {
  id: string;
  order: number;
  title: string;
  url: string;
  badges: string[];
  facts: Fact[];
  source: string;
}

export interface CardView {
  kind: string;
  badge: string;
  lines: string[];
  heading: string;
  steps: StepView[];
  groups: { name: string; steps: StepView[] }[];
  url: string;
  notice: string;
  options: Option[];
  rating: { level: number; stars: string; label: string; payload: string }[];
}

export interface Bubble {
  key: number;
  author: Entry["author"];
  name: string;
  text: string;
  card: CardView | null;
}

const LEVELS = 5;
const NUMBERED = /^\d+\. /;
const words = wording.card;
const DRAWN = [words.department, words.place, words.certificate, words.source].map((label) => `${label}：`);
/** Choices that make sense only right after the reply that offered them. */
const OF_THE_MOMENT = /^\/choose\{"payload":"(more|rate|region|audience|fact|handoff):/;
/** Kinds whose matters are all drawn, so that options for them would say it twice. */
const LISTING = new Set(["list", "compare", "matter"]);

/** One matter of a chain or list; fields that no matter of the list has are not told for each one. */
export function stepView(step: Step, told = { places: true, certificates: true }): StepView {
  const offices = (step.offices ?? []).flatMap((office) => [
    fact(words.office, office.name),
    ...(office.address ? [fact(words.address, office.address)] : []),
    ...(office.phone ? [{ ...fact(words.phone, office.phone), phone: office.phone }] : []),
    ...(office.hours ? [fact(words.hours, office.hours)] : []),
  ]);
  return {
    id: step.matter_id,
    order: step.order,
    title: step.title ?? step.matter,
    url: matterUrl(step.matter_id),
    badges: badgesOf(step),
    facts: [
      fact(words.department, step.departments.join("、") || words.noDepartment),
      ...(told.places || step.places.length ? [fact(words.place, step.places.join("、") || words.notGiven)] : []),
      ...(told.certificates || step.certificates.length ? [fact(words.certificate, step.certificates.join("、") || words.notGiven)] : []),
      ...offices,
    ],
    source: words.row(step.source.document, step.source.row),
  };
}

/** The steps of a chain as its page draws them. */
export function stepViews(steps: readonly Step[]): StepView[] {
  const told = {
    places: steps.some(({ places }) => places.length),
    certificates: steps.some(({ certificates }) => certificates.length),
  };
  return steps.map((step) => stepView(step, told));
}

/** All that a list prints of one matter. */
export function matterFacts(step: Step): Fact[] {
  const lead = (step.lead ?? []).join("、");
  return [
    ...stepView(step).facts,
    ...(lead && lead !== step.departments.join("、") ? [fact(words.lead, lead)] : []),
    ...(step.type ? [fact(words.type, step.type)] : []),
    ...(step.stage && step.scene ? [fact(words.scene, words.sceneOf(step.stage, step.scene))] : []),
    fact(words.source, words.row(step.source.document, step.source.row)),
  ];
}

/** What was said, as bubbles; only the last one offers what belongs to its moment. */
export function bubbles(entries: readonly Entry[]): Bubble[] {
  return entries.map((entry, at) => ({
    key: entry.n,
    author: entry.author,
    name: entry.author === "citizen" ? wording.chat.you : entry.author === "person" ? wording.chat.person : wording.chat.assistant,
    text: entry.card ? "" : entry.text,
    card: entry.card ? cardView(entry.text, entry.card, at === entries.length - 1) : null,
  }));
}

/** An answer's card. */
export function cardView(text: string, card: Card, isLast: boolean): CardView {
  const steps = stepViews(card.steps ?? []);
  const isChain = card.kind === "chain" && card.conditions !== undefined;
  const [region, scenario] = [card.region?.id, card.scenario?.id];
  const [url, notice] = isChain && region && scenario ? [chainUrl(region, scenario, factsOf(card)), noticeUrl(region, scenario, factsOf(card))] : ["", ""];
  return {
    kind: card.kind,
    badge: badgeOf(card),
    lines: linesOf(text, card),
    heading: isChain && card.scenario ? `${card.scenario.title} · ${words.steps(steps.length)}` : "",
    steps: card.kind === "compare" ? [] : steps,
    groups: (card.comparison ?? []).map(({ region: { name }, steps }) => ({ name, steps: stepViews(steps) })),
    url,
    notice,
    options: card.rating ? [] : optionsOf(card, isLast),
    rating: card.rating && isLast ? ratingOf(card.options ?? []) : [],
  };
}

function fact(label: string, value: string): Fact {
  return { label, value, phone: "" };
}

function badgesOf(step: Step): string[] {
  return [
    ...(step.condition ? [words.only(step.condition)] : []),
    ...(step.online ? [words.online] : []),
    ...(step.level ? [words.level(step.level, words.ups[step.level] ?? "")] : []),
  ];
}

function badgeOf(card: Card): string {
  if (card.kind === "error") return words.problem;
  if (card.kind === "out_of_scope") return words.notMatter;
  if (card.kind === "refuse" || card.slot?.given === false) return words.notGiven;
  return card.kind === "handoff" ? wording.handoff.title : "";
}

/** The options from best to worst, as the server lists them. */
function ratingOf(options: readonly Option[]): CardView["rating"] {
  return options.map(({ label, payload }, at) => ({ level: LEVELS - at, stars: "★".repeat(LEVELS - at), label, payload }));
}

function optionsOf(card: Card, isLast: boolean): Option[] {
  const drawn = new Set(LISTING.has(card.kind) ? (card.steps ?? []).map((step) => step.matter_id) : []);
  return (card.options ?? []).filter(
    ({ payload, matter_id }) => (isLast || !OF_THE_MOMENT.test(payload)) && !(matter_id && drawn.has(matter_id)),
  );
}

/** The lines of a reply that its card does not draw. */
function linesOf(text: string, card: Card): string[] {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!card.steps?.length && !card.comparison?.length) return lines;
  return lines.filter((line) => !NUMBERED.test(line) && !DRAWN.some((field) => line.startsWith(field)) && !isCompared(line, card) && !isNotice(line, card));
}

function isCompared(line: string, card: Card): boolean {
  const [region = ""] = line.split("：");
  return (card.comparison ?? []).some(({ region: { name } }) => name.endsWith(region));
}

function isNotice(line: string, card: Card): boolean {
  return Object.keys(card.notice ?? {}).some((format) => line.endsWith(card.notice?.[format as "html"] ?? "\n"));
}
