import { api } from "../../lib/backend";
import { fetchInto } from "../../lib/opened";
import { asChosen, elderPage } from "../../lib/page";
import { decoded } from "../../lib/query";
import { storage } from "../../lib/storage";
import type { GuidePage, Link } from "../../lib/types";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

interface StageView {
  title: string;
  scenarios: Link[];
  scenes: { heading: string; links: Link[] }[];
}

Component({
  behaviors: [elderPage],
  data: {
    t: textsOf(wording.browse),
    change: wording.place.change,
    loading: false,
    problem: "",
    region: "",
    title: "",
    note: "",
    document: "",
    stages: [] as StageView[],
    opened: -1,
  },
  methods: {
    /** A shared guide names its region; else it is the one picked. */
    onLoad(query: { region?: string }) {
      this.setData({ region: decoded(query.region ?? "") });
    },
    onShow() {
      this.setData(asChosen());
      return this.open();
    },
    async open() {
      const place = storage.place();
      const region = this.data.region || place?.region || "";
      if (!region) return;
      await fetchInto(this, async () => {
        const page = await api.guide(region);
        const list = page.audiences.find(({ id }) => id === (place?.audience ?? "individual")) ?? page.audiences[0];
        return {
          title: page.title,
          note: page.region.note,
          document: list ? wording.browse.document(list.document, list.count) : "",
          stages: (list?.stages ?? []).map(stageView),
        };
      });
    },
    toggle(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { at: number }>) {
      const { at } = event.currentTarget.dataset;
      this.setData({ opened: this.data.opened === at ? -1 : at });
    },
    onShareAppMessage() {
      const region = this.data.region || storage.place()?.region || "";
      return { title: this.data.title || wording.title, path: `/pages/browse/browse?region=${encodeURIComponent(region)}` };
    },
  },
});

function stageView({ title, scenarios, scenes }: GuidePage["audiences"][number]["stages"][number]): StageView {
  return {
    title,
    scenarios,
    scenes: scenes.map((scene) => ({
      heading: wording.browse.scene(scene.title, scene.matters.length),
      links: scene.matters.map((link) => ({ ...link, note: wording.browse.row(link.note) })),
    })),
  };
}
