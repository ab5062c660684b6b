import { storage } from "./storage";
import { wording } from "./wording";

/** Opens a page of ours; beyond WeChat's ten pages it takes the place of the one in front. */
export function open(url: string): void {
  if (url) wx.navigateTo({ url, fail: () => wx.redirectTo({ url }) });
}

/** The place as it is told above a page. */
export function placeWords(): string {
  const place = storage.place();
  if (!place) return wording.place.unset;
  return place.audience ? `${place.name} · ${wording.audiences[place.audience]}` : place.name;
}

/** What a page that has an onShow of its own takes over in it. */
export function asChosen(): { elder: boolean } {
  return { elder: storage.isElder() };
}

/** What every page has: large letters, as they were chosen, each time it comes to the front. */
export const elderPage = Behavior({
  data: { elder: false },
  methods: {
    onShow() {
      this.setData(asChosen());
    },
    /** Opens what a tapped link leads to. */
    follow(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { url: string }>) {
      open(event.currentTarget.dataset.url);
    },
  },
});
