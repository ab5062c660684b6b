import type { ComponentChildren } from "preact";
import type { Office, Step } from "../api/types";
import { useChat } from "../context";

/** What a step is called. */
export function titleOf(step: Step): string {
  return step.title ?? [step.matter, step.submatter].filter(Boolean).join("：");
}

/** Department, place and certificate; on demand where it is written. `children` stand beside the latter. */
export function StepFacts({ step, children }: { step: Step; children?: ComponentChildren }) {
  const { t } = useChat();
  const { department, place, certificate, noPlace } = t.card;
  const departments = step.departments.join("、");
  const lead = (step.lead ?? []).join("、");
  return (
    <>
      <dl class="facts">
        <Fact name={department} value={departments} />
        {step.places.length ? <Fact name={place} value={step.places.join("、")} /> : null}
        {!step.places.length && !step.offices?.length && departments ? <Fact name={place} value={noPlace} isMissing /> : null}
        <Fact name={certificate} value={step.certificates.join("、")} />
      </dl>
      {step.offices?.length ? <Offices offices={step.offices} /> : null}
      <div class="foot">
        {children}
        <details class="source">
          <summary>{t.card.sourceShow}</summary>
          <dl class="facts">
            <Fact name={t.card.source} value={t.card.row(step.source.document, step.source.row)} />
            {lead && lead !== departments ? <Fact name={t.card.lead} value={lead} /> : null}
          </dl>
        </details>
      </div>
    </>
  );
}

/** What a step holds for, in words: never by colour alone. */
export function StepBadges({ step }: { step: Step }) {
  const { t } = useChat();
  const { condition, level, online } = step;
  if (!condition && !level && !online) return null;
  return (
    <p class="badges">
      {condition ? <span class="badge note">{t.card.only(condition)}</span> : null}
      {level ? <span class="badge">{t.card.level(level, t.card.ups[level] ?? level)}</span> : null}
      {online ? <span class="badge good">{t.card.online}</span> : null}
    </p>
  );
}

function Fact({ name, value, isMissing = false }: { name: string; value: string; isMissing?: boolean }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd {...(isMissing ? { class: "missing" } : { lang: "zh-CN" })}>{value}</dd>
    </div>
  );
}

function Offices({ offices }: { offices: readonly Office[] }) {
  const { t } = useChat();
  return (
    <div class="offices">
      <p class="label">{t.card.offices}</p>
      {offices.map(({ name, address, phone, hours }) => (
        <dl class="facts" key={name}>
          <div><dt class="name" lang="zh-CN">{name}</dt></div>
          <Fact name={t.card.address} value={address ?? ""} />
          <Fact name={t.card.phone} value={phone ?? ""} />
          <Fact name={t.card.hours} value={hours ?? ""} />
        </dl>
      ))}
    </div>
  );
}
