import { useChat, useWatched } from "../context";
import { CloseIcon, Emblem } from "./icons";

/** Name, what this is, and how the page looks: large text, language. */
export function Header({ onClose }: { onClose?: () => void }) {
  const { preferences, t, inWidget } = useChat();
  const now = useWatched(preferences);
  const Title = inWidget ? "h2" : "h1";
  return (
    <header class="head">
      {inWidget ? null : <a class="skip" href="#question">{t.skip}</a>}
      <div class="brand">
        <Emblem />
        <div>
          <Title id="yilianban-title">{t.title}</Title>
          {now.elder ? null : <p class="subtitle">{t.subtitle}</p>}
        </div>
      </div>
      <div class="tools" role="group" aria-label={t.tools}>
        <button type="button" aria-pressed={now.elder} onClick={() => preferences.set({ ...now, elder: !now.elder })}>
          {t.elder}
        </button>
        <button
          type="button"
          lang={t.otherLanguageTag}
          onClick={() => preferences.set({ ...now, language: now.language === "zh" ? "en" : "zh" })}
        >
          {t.otherLanguage}
        </button>
        {inWidget ? (
          <button type="button" class="icon" aria-label={t.widget.close} onClick={onClose}>
            <CloseIcon />
          </button>
        ) : (
          <a href={now.region ? `/guide/${encodeURIComponent(now.region)}` : "/guide/"}>{t.guide}</a>
        )}
      </div>
    </header>
  );
}
