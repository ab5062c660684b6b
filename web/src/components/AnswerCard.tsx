import type { Card, Kind, Option } from "../api/types";
import { useChat } from "../context";
import { kindOf } from "../state/payloads";
import { proseOf } from "../state/prose";
import { ChainCard } from "./ChainCard";
import { CompareCard } from "./CompareCard";
import { ListCard, PAGE } from "./ListCard";
import { MatterCard } from "./MatterCard";
import { NoticeLinks } from "./NoticeLinks";
import { Options } from "./Options";
import { Prose } from "./Prose";
import { RateCard } from "./RateCard";
import { SlotCard } from "./SlotCard";

interface Props {
  text: string;
  card: Card | null;
  isLast: boolean;
}

/** An answer: what its kind has to show, and what can be said or tapped next. */
export function AnswerCard({ text, card, isLast }: Props) {
  const { t } = useChat();
  const lines = proseOf(text, card);
  if (!card) return <Prose lines={lines} />;
  if (card.kind === "chain" && card.scenario && card.conditions) return <ChainCard card={card} lines={lines} isLast={isLast} />;
  if (card.rating) return <RateCard card={card} lines={lines} isLast={isLast} />;
  return (
    <>
      <Badge kind={card.kind} given={card.slot?.given} />
      <Prose lines={lines} />
      <Body card={card} />
      {card.notice ? <NoticeLinks paths={card.notice} /> : null}
      <Options options={otherOptions(card)} isLast={isLast} title={card.kind === "clarify" ? t.card.choose : t.card.next} />
    </>
  );
}

/** Endings that are no answer say so in words, not by colour alone. */
function Badge({ kind, given }: { kind: Kind; given: boolean | undefined }) {
  const { t } = useChat();
  if (kind === "error") return <p class="badge bad">{t.card.problem}</p>;
  if (kind === "out_of_scope") return <p class="badge note">{t.card.notMatter}</p>;
  if (kind === "refuse" || given === false) return <p class="badge note">{t.card.notGiven}</p>;
  if (kind === "handoff") return <p class="badge">{t.handoff.title}</p>;
  return null;
}

/** Options that lead elsewhere than to what the card shows in full anyway. */
function otherOptions({ kind, steps, options }: Card): readonly Option[] {
  const drawn = new Set(["list", "compare", "matter"].includes(kind) ? steps?.map((step) => step.matter_id) : []);
  // A list that came whole is leafed through here.
  const isWhole = kind === "list" && (steps?.length ?? 0) > PAGE;
  return (options ?? []).filter(
    ({ payload, matter_id }) => !(matter_id && drawn.has(matter_id)) && !(isWhole && kindOf(payload) === "more"),
  );
}

function Body({ card }: { card: Card }) {
  if (!card.steps?.length) return null;
  if (card.kind === "compare") return <CompareCard card={card} />;
  if (card.kind === "list") return <ListCard steps={card.steps} />;
  if (card.kind === "slot" || card.kind === "refuse") return <SlotCard steps={card.steps} />;
  if (card.kind === "matter" || card.kind === "chain") return <MatterCard steps={card.steps} />;
  return null;
}
