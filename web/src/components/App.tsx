import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChatApi } from "../api/client";
import type { RegionChoice } from "../api/types";
import { type Chat, ChatContext, useWatched } from "../context";
import type { Conversation } from "../state/conversation";
import type { Preferences } from "../state/preferences";
import type { Watched } from "../state/watched";
import { wordingOf } from "../wording";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import { ConversationMenu } from "./ConversationMenu";
import { Header } from "./Header";
import { Log } from "./Log";
import { Notices } from "./Notices";
import { PlacePicker } from "./PlacePicker";

interface Props {
  api: ChatApi;
  conversation: Conversation;
  preferences: Watched<Preferences>;
  /** Words to put into the field, not sent. */
  draft?: string;
  /** In a widget: what its close button does. */
  onClose?: () => void;
}

/** The whole chat, in a page of its own or inside a widget. */
export function App({ api, conversation, preferences, draft = "", onClose }: Props) {
  const [regions, setRegions] = useState<readonly RegionChoice[]>([]);
  const [lost, setLost] = useState(false);
  const { language, elder } = useWatched(preferences);
  const t = wordingOf(language);

  useEffect(() => {
    api.regions().then(setRegions, () => setLost(true));
    void conversation.open().then((about) => {
      if (!about) return;
      const now = preferences.value;
      preferences.set({ ...now, region: about.region ?? now.region, audience: about.audience ?? now.audience });
    });
    return () => conversation.close();
  }, [api, conversation, preferences]);

  useFollowedRegion(conversation, preferences);

  const chat = useMemo<Chat>(
    () => ({ api, conversation, preferences, regions, t, inWidget: Boolean(onClose) }),
    [api, conversation, preferences, regions, t, onClose],
  );
  return (
    <ChatContext.Provider value={chat}>
      <div class={`chat ${elder ? "elder" : ""}`} lang={t.lang}>
        <Header {...(onClose ? { onClose } : {})} />
        <PlacePicker lost={lost} />
        <div class="reading" {...(onClose ? { tabIndex: 0, role: "region", "aria-label": t.log } : {})}>
          <Notices />
          <Log />
        </div>
        <Composer draft={draft} />
        <ConversationMenu />
        <Announcer />
      </div>
    </ChatContext.Provider>
  );
}

/** The picker follows the conversation: an answer for the region that was named or tapped, not compared, sets it. */
function useFollowedRegion(conversation: Conversation, preferences: Watched<Preferences>): void {
  const { fresh } = useWatched(conversation.view);
  useEffect(() => {
    const card = fresh.map((entry) => entry.card).find((found) => found?.region && found.kind !== "compare");
    if (card?.region) preferences.set({ ...preferences.value, region: card.region.id });
  }, [fresh, preferences]);
}
