import type { CardView, StepView } from "../../lib/cards";
import { open } from "../../lib/page";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

/** So many matters at once; the rest on a tap. */
const FEW = 6;

/** An answer of the assistant; `say` tells what was tapped: a payload and the label that stood on it. */
Component({
  properties: { card: { type: Object, value: {} as CardView } },
  data: { t: textsOf(wording.card), notice: wording.chain.notice, rate: wording.rating.title, steps: [] as StepView[], more: "" },
  observers: {
    card(card: CardView) {
      this.show(card.steps ?? [], FEW);
    },
  },
  methods: {
    show(steps: StepView[], most: number) {
      const hidden = Math.max(0, steps.length - most);
      this.setData({ steps: steps.slice(0, most), more: hidden ? wording.card.more(hidden) : "" });
    },
    showAll() {
      this.show(this.data.card.steps, this.data.card.steps.length);
    },
    say(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { payload: string; label: string }>) {
      const { payload, label } = event.currentTarget.dataset;
      this.triggerEvent("say", { payload, label });
    },
    open(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { url: string }>) {
      open(event.currentTarget.dataset.url);
    },
  },
});
