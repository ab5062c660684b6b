import { api } from "../../lib/backend";
import { stepViews, type StepView } from "../../lib/cards";
import { fetchInto } from "../../lib/opened";
import { elderPage } from "../../lib/page";
import { chainAsked, chainUrl, noticeUrl } from "../../lib/routes";
import { storage } from "../../lib/storage";
import type { Condition, Link } from "../../lib/types";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

Component({
  behaviors: [elderPage],
  data: {
    t: textsOf(wording.chain),
    loading: true,
    problem: "",
    region: "",
    scenario: "",
    facts: {} as Record<string, string>,
    title: "",
    notes: [] as string[],
    count: "",
    conditions: [] as Condition[],
    steps: [] as StepView[],
    done: {} as Record<string, boolean>,
    progress: "",
    percent: 0,
    leftOut: "",
    unsaid: [] as string[],
    following: [] as Link[],
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      this.setData(chainAsked(query));
      return this.open();
    },
    open() {
      const { region, scenario, facts } = this.data;
      return fetchInto(this, async () => {
        const page = await api.chain(region, scenario, facts);
        const { card } = page;
        this.setData({
          title: page.title,
          notes: [page.region.note, card.scenario?.composed ? wording.card.composed : ""].filter(Boolean),
          count: page.count,
          conditions: card.conditions ?? [],
          steps: stepViews(card.steps ?? []),
          leftOut: page.left_out.length ? wording.chain.leftOut(page.left_out.join("、")) : "",
          unsaid: page.unsaid,
          following: (card.following ?? []).map(({ id, title }) => ({ text: title, note: "", path: `/guide/${region}/${id}` })),
        });
        this.count();
        return {};
      });
    },
    choose(event: WechatMiniprogram.CustomEvent<{ id: string; value: string }>) {
      const { id, value } = event.detail;
      const { [id]: _, ...others } = this.data.facts;
      this.setData({ facts: value ? { ...others, [id]: value } : others });
      return this.open();
    },
    tick(event: WechatMiniprogram.CustomEvent<{ id: string; done: boolean }>) {
      const { region, scenario } = this.data;
      const { id, done } = event.detail;
      const others = storage.ticks(region, scenario).filter((name) => name !== id);
      storage.keepTicks(region, scenario, done ? [...others, id] : others);
      this.count();
    },
    reset() {
      storage.keepTicks(this.data.region, this.data.scenario, []);
      this.count();
    },
    /** What is ticked off, of the steps that are shown. */
    count() {
      const { region, scenario, steps } = this.data;
      const ticked = new Set(storage.ticks(region, scenario));
      const done = steps.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
      this.setData({
        done: Object.fromEntries(done.map((id) => [id, true])),
        progress: done.length ? wording.chain.progress(done.length, steps.length) : "",
        percent: steps.length ? Math.round((100 * done.length) / steps.length) : 0,
      });
    },
    notice() {
      const { region, scenario, facts } = this.data;
      wx.navigateTo({ url: noticeUrl(region, scenario, facts) });
    },
    onShareAppMessage() {
      const { title, region, scenario, facts } = this.data;
      return { title, path: chainUrl(region, scenario, facts) };
    },
    onShareTimeline() {
      const { title, region, scenario, facts } = this.data;
      return { title, query: chainUrl(region, scenario, facts).split("?")[1] ?? "" };
    },
  },
});
