import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { ChatApi } from "./api/client";
import type { RegionChoice } from "./api/types";
import type { Conversation } from "./state/conversation";
import type { Preferences } from "./state/preferences";
import type { Watched } from "./state/watched";
import type { Wording } from "./wording";

/** What every part of the chat may reach. */
export interface Chat {
  api: ChatApi;
  conversation: Conversation;
  preferences: Watched<Preferences>;
  regions: readonly RegionChoice[];
  t: Wording;
  /** Inside another site's page: no document of our own to print, title or point a link at. */
  inWidget: boolean;
}

export const ChatContext = createContext<Chat | null>(null);

/** The chat that this component is drawn in. */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("drawn outside of ChatContext");
  return chat;
}

/** The value, now and after every change. */
export function useWatched<T>(watched: Watched<T>): T {
  const [, redraw] = useState(0);
  useEffect(() => watched.watch(() => redraw((count) => count + 1)), [watched]);
  return watched.value;
}
