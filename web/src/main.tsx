import { render } from "preact";
import { cookieAccess } from "./api/access";
import { ChatApi } from "./api/client";
import { App } from "./components/App";
import { Conversation } from "./state/conversation";
import { sharePreferences, sharedPreferences } from "./state/cookies";
import { keptPreferences } from "./state/preferences";
import { wordingOf } from "./wording";
import "../../pages/static/tokens.css";
import "./styles/chat.css";
import "./styles/cards.css";
import "./styles/page.css";
import "./styles/print.css";

const asked = new URLSearchParams(location.search);
const preferences = keptPreferences({ ...sharedPreferences(), ...givenBy(asked) });
// Said once: what is chosen from now on must outlive a reload.
if (location.search) history.replaceState(null, "", location.pathname);
const api = new ChatApi(location.origin, cookieAccess);
const conversation = new Conversation(api, () => wordingOf(preferences.value.language).problems, () => preferences.value);

/** The page as a whole follows the language and the size of the text, and other pages of this server too. */
function follow(): void {
  const { language, elder } = preferences.value;
  const t = wordingOf(language);
  document.documentElement.lang = t.lang;
  document.documentElement.classList.toggle("elder", elder);
  document.title = t.title;
  sharePreferences(preferences.value);
}

/** What a link may say: region and audience by their names in the catalogue, words for the field. */
function givenBy(query: URLSearchParams) {
  const [region, audience] = [query.get("region") ?? "", query.get("audience")];
  return {
    ...(/^[a-z][a-z0-9-]{0,40}$/.test(region) ? { region } : {}),
    ...(audience === "individual" || audience === "enterprise" ? ({ audience } as const) : {}),
  };
}

preferences.watch(follow);
follow();
const root = document.getElementById("yilianban");
if (root) {
  root.replaceChildren();
  render(<App api={api} conversation={conversation} preferences={preferences} draft={(asked.get("ask") ?? "").slice(0, 500)} />, root);
}
