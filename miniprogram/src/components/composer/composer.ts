import { storage } from "../../lib/storage";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

const LONGEST = 500;

/** Where a message is written; the draft is kept until it is cleared from outside. Says `send` with the words. */
Component({
  data: { t: textsOf(wording.chat), text: "", longest: LONGEST },
  lifetimes: {
    attached() {
      this.setData({ text: storage.draft() });
    },
  },
  methods: {
    write(event: WechatMiniprogram.Input) {
      storage.keepDraft(event.detail.value);
      this.setData({ text: event.detail.value });
    },
    send() {
      const text = this.data.text.trim();
      if (text) this.triggerEvent("send", { text });
    },
    /** The words have gone. */
    clear() {
      storage.keepDraft("");
      this.setData({ text: "" });
    },
  },
});
