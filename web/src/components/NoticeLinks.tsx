import type { NoticePaths } from "../api/types";
import { useChat } from "../context";
import { isNotice } from "../state/links";

const FORMATS = ["html", "pdf", "docx"] as const;

/** The one-time notice in its formats. */
export function NoticeLinks({ paths }: { paths: NoticePaths }) {
  const { api, t } = useChat();
  return (
    <nav class="notice" aria-label={t.card.notice}>
      <span class="label">{t.card.notice}</span>
      {FORMATS.map((format) => {
        const path = paths[format];
        return isNotice(path) ? (
          <a key={format} class="button" href={new URL(path, api.origin).href} target="_blank" rel="noopener">
            <span class="unseen">{t.card.notice} </span>{t.card.notices[format]}
          </a>
        ) : null;
      })}
    </nav>
  );
}
