import { useId } from "preact/hooks";
import type { Option } from "../api/types";
import { useChat } from "../context";
import { keepsForLater } from "../state/payloads";

interface Props {
  options: readonly Option[];
  isLast: boolean;
  title: string;
}

/** What can be tapped next; an older answer keeps only what still makes sense. */
export function Options({ options, isLast, title }: Props) {
  const { conversation } = useChat();
  const id = useId();
  const offered = isLast ? options : options.filter(({ payload }) => keepsForLater(payload));
  if (!offered.length) return null;
  return (
    <div class="options">
      <p class="label" id={id}>{title}</p>
      <ul class="choices" aria-labelledby={id} lang="zh-CN">
        {offered.map(({ label, payload }) => (
          <li key={payload}>
            <button type="button" onClick={() => void conversation.send(payload, label)}>{label}</button>
          </li>
        ))}
      </ul>
    </div>
  );
}
