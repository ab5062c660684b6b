import { Api } from "./api";
import { Conversation } from "./conversation";
import { Login } from "./login";

/** The one backend and the one conversation of this mini-program. */
export const api = new Api(new Login());
export const conversation = new Conversation(api);
