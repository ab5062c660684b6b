import type { Handoff } from "../../lib/types";
import { wording } from "../../lib/wording";

/** How it stands with a person: waiting with the place, taken, ended. */
Component({
  properties: { handoff: { type: Object, value: null as Handoff | null } },
  data: { words: "", contact: wording.handoff.contact },
  observers: {
    handoff(handoff: Handoff | null) {
      this.setData({ words: handoff ? wordsOf(handoff) : "" });
    },
  },
});

function wordsOf({ state, place }: Handoff): string {
  return state === "waiting" ? wording.handoff.waiting(place) : wording.handoff[state];
}
