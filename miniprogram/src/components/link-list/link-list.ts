import { open } from "../../lib/page";
import { urlOf } from "../../lib/routes";
import type { Link } from "../../lib/types";

/** Links under a heading; what leads to no page of ours is plain words. */
Component({
  properties: { heading: { type: String, value: "" }, links: { type: Array, value: [] as Link[] } },
  data: { shown: [] as (Link & { url: string })[] },
  observers: {
    links(links: Link[]) {
      this.setData({ shown: links.map((link) => ({ ...link, url: urlOf(link.path) })) });
    },
  },
  methods: {
    open(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { url: string }>) {
      open(event.currentTarget.dataset.url);
    },
  },
});
