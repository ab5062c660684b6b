import { elderPage } from "../../lib/page";
import { wording } from "../../lib/wording";

Component({
  behaviors: [elderPage],
  data: { title: wording.privacy.title, points: [...wording.privacy.points], full: wording.privacy.full },
  methods: {
    read() {
      wx.openPrivacyContract({ fail: () => undefined });
    },
  },
});
