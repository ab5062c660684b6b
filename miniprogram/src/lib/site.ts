// The build writes the operator's own address into this module (tools/settings.js).

/** What every request's address begins with. */
export const BASE = "http://127.0.0.1:5005";
