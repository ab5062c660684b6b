import { answerPrivacy, popupOf } from "../../lib/privacy";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

const AGREE = "privacy-agree";

/** WeChat's privacy guide, shown when something that it protects is used for the first time. */
Component({
  data: { t: textsOf(wording.privacy), agreeId: AGREE, shown: false },
  lifetimes: {
    attached() {
      popupOf(() => this.setData({ shown: true }));
    },
  },
  pageLifetimes: {
    show() {
      popupOf(() => this.setData({ shown: true }));
    },
  },
  methods: {
    read() {
      wx.openPrivacyContract({ fail: () => wx.navigateTo({ url: "/pages/privacy/privacy" }) });
    },
    agree() {
      this.close(true);
    },
    disagree() {
      this.close(false);
    },
    close(isAgreed: boolean) {
      this.setData({ shown: false });
      answerPrivacy(isAgreed, AGREE);
    },
  },
});
