import type { Condition } from "../../lib/types";
import { wording } from "../../lib/wording";

/** The questions that shape a chain; `choose` tells the condition and the answer, empty for taking it back. */
Component({
  properties: { conditions: { type: Array, value: [] as Condition[] } },
  data: { heading: wording.chain.conditions, hint: wording.chain.conditionsHint, unsure: wording.chain.unsure },
  methods: {
    choose(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: string; value: string }>) {
      const { id, value } = event.currentTarget.dataset;
      this.triggerEvent("choose", { id, value });
    },
  },
});
