import { conversation } from "../../lib/backend";
import { wordsOf } from "../../lib/failure";
import { asChosen, elderPage, placeWords } from "../../lib/page";
import { storage } from "../../lib/storage";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

Component({
  behaviors: [elderPage],
  data: { t: textsOf(wording.settings), place: "", told: "" },
  methods: {
    onShow() {
      this.setData(asChosen());
      this.look();
    },
    look() {
      this.setData({ place: placeWords() });
    },
    switchElder(event: WechatMiniprogram.CustomEvent<{ value: boolean }>) {
      storage.keepElder(event.detail.value);
      this.setData({ elder: event.detail.value });
    },
    remove() {
      wx.showModal({
        title: wording.settings.removeQuestion,
        content: wording.settings.removeHint,
        confirmText: wording.settings.removeYes,
        cancelText: wording.settings.removeNo,
        success: ({ confirm }) => {
          if (confirm) void this.removeAll();
        },
      });
    },
    /** First on the server: what is only gone here would still be there. */
    async removeAll() {
      try {
        await conversation.remove();
        storage.clear();
        this.setData({ elder: false, told: wording.settings.removed });
        this.look();
      } catch (error) {
        this.setData({ told: `${wording.settings.removeFailed}${wordsOf(error)}` });
      }
    },
  },
});
