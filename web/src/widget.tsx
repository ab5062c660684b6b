import { render } from "preact";
import { BearerAccess } from "./api/access";
import { ChatApi } from "./api/client";
import { Widget } from "./components/Widget";
import { Conversation } from "./state/conversation";
import { keptPreferences, type Preferences } from "./state/preferences";
import { wordingOf } from "./wording";
import tokens from "../../pages/static/tokens.css?inline";
import chat from "./styles/chat.css?inline";
import cards from "./styles/cards.css?inline";
import widget from "./styles/widget.css?inline";

/** Where this script came from is where the assistant is. */
const ORIGIN = new URL((document.currentScript as HTMLScriptElement | null)?.src ?? location.href).origin;
const PIXELS_A_REM = 16;

/** The styles as the shadow root needs them: its host is their root, and the site's own size of `rem` means nothing. */
function sheet(): CSSStyleSheet {
  const css = [tokens, chat, cards, widget].join("\n");
  const made = new CSSStyleSheet();
  made.replaceSync(
    css
      .replace(/:root\b/g, ":host")
      .replace(/(\d*\.?\d+)rem\b/g, (_, size: string) => `${Number(size) * PIXELS_A_REM}px`),
  );
  return made;
}

/** `<yilian-ban region="zhoucun" audience="individual">`: the chat in any site, shut until it is asked for. */
class YilianBan extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    const preferences = keptPreferences(this.#given());
    const api = new ChatApi(ORIGIN, new BearerAccess(ORIGIN));
    const conversation = new Conversation(api, () => wordingOf(preferences.value.language).problems, () => preferences.value);
    render(<Widget api={api} conversation={conversation} preferences={preferences} />, root);
  }

  disconnectedCallback(): void {
    if (this.shadowRoot) render(null, this.shadowRoot);
  }

  /** What the site says; what the person chose here before goes before it. */
  #given(): Partial<Preferences> {
    const kept = keptPreferences().value;
    const [region, audience] = [this.getAttribute("region"), this.getAttribute("audience")];
    return {
      ...(region && !kept.region ? { region } : {}),
      ...(!kept.audience && (audience === "individual" || audience === "enterprise") ? ({ audience } as const) : {}),
    };
  }
}

if (!customElements.get("yilian-ban")) customElements.define("yilian-ban", YilianBan);
