import { api } from "../../lib/backend";
import { fetchInto } from "../../lib/opened";
import { elderPage } from "../../lib/page";
import { storage } from "../../lib/storage";
import type { Audience, Region } from "../../lib/types";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

Component({
  behaviors: [elderPage],
  data: {
    t: textsOf(wording.place),
    loading: true,
    problem: "",
    regions: [] as Region[],
    region: "",
    audience: null as Audience | null,
    audiences: [] as { id: Audience; label: string }[],
    noEnterprise: false,
  },
  methods: {
    onLoad() {
      const place = storage.place();
      if (place) this.setData({ region: place.region, audience: place.audience });
      return this.open();
    },
    open() {
      return fetchInto(this, async () => {
        this.setData({ regions: await api.regions() });
        if (this.data.region) this.show(this.data.region, this.data.audience);
        return {};
      });
    },
    pickRegion(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: string }>) {
      this.show(event.currentTarget.dataset.id, this.data.audience);
    },
    pickAudience(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: Audience }>) {
      this.show(this.data.region, event.currentTarget.dataset.id);
    },
    /** A region's choices; an audience that it has no list for cannot stay. */
    show(id: string, audience: Audience | null) {
      const offered = this.data.regions.find((region) => region.id === id)?.audiences ?? [];
      this.setData({
        region: id,
        audience: audience && offered.includes(audience) ? audience : null,
        audiences: offered.map((id) => ({ id, label: wording.audiences[id] })),
        noEnterprise: !offered.includes("enterprise"),
      });
    },
    save() {
      const { regions, region, audience } = this.data;
      const found = regions.find(({ id }) => id === region);
      if (found) storage.keepPlace({ region, name: found.name, audience });
      wx.navigateBack({ fail: () => wx.switchTab({ url: "/pages/chat/chat" }) });
    },
  },
});
