import type { StepView } from "../../lib/cards";
import { open } from "../../lib/page";
import { wording } from "../../lib/wording";

/** One matter on the timeline of a chain; where it can be ticked off it says so with `tick`. */
Component({
  properties: {
    step: { type: Object, value: {} as StepView },
    tickable: { type: Boolean, value: false },
    ticked: { type: Boolean, value: false },
  },
  data: { doneLabel: "" },
  observers: {
    step({ title }: StepView) {
      this.setData({ doneLabel: title ? wording.chain.done(title) : "" });
    },
  },
  methods: {
    tick() {
      this.triggerEvent("tick", { id: this.data.step.id, done: !this.data.ticked });
    },
    open() {
      open(this.data.step.url);
    },
  },
});
