import { api } from "../../lib/backend";
import { stepViews, type StepView } from "../../lib/cards";
import { openDocument } from "../../lib/download";
import { wordsOf } from "../../lib/failure";
import { fetchInto } from "../../lib/opened";
import { elderPage } from "../../lib/page";
import { chainAsked, noticeUrl } from "../../lib/routes";
import type { NoticePaths } from "../../lib/types";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

Component({
  behaviors: [elderPage],
  data: {
    t: textsOf(wording.notice),
    unsaidHeading: wording.chain.unsaid,
    loading: true,
    problem: "",
    region: "",
    scenario: "",
    facts: {} as Record<string, string>,
    title: "",
    steps: [] as StepView[],
    unsaid: [] as string[],
    paths: {} as NoticePaths,
    told: "",
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      this.setData(chainAsked(query));
      return this.open();
    },
    open() {
      const { region, scenario, facts } = this.data;
      return fetchInto(this, async () => {
        const { title, card, unsaid } = await api.chain(region, scenario, facts);
        return { title, unsaid, steps: stepViews(card.steps ?? []), paths: card.notice ?? {} };
      });
    },
    async openFile(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { type: "pdf" | "docx" }>) {
      const { type } = event.currentTarget.dataset;
      const path = this.data.paths[type];
      if (!path || this.data.told === wording.notice.opening) return;
      this.setData({ told: wording.notice.opening });
      try {
        await openDocument(path, type);
        this.setData({ told: "" });
      } catch (error) {
        this.setData({ told: `${wording.notice.failed}${wordsOf(error)}` });
      }
    },
    onShareAppMessage() {
      const { title, region, scenario, facts } = this.data;
      return { title: `${wording.notice.title} ${title}`, path: noticeUrl(region, scenario, facts) };
    },
  },
});
