import { api } from "../../lib/backend";
import { fetchInto } from "../../lib/opened";
import { asChosen, elderPage, placeWords } from "../../lib/page";
import { storage } from "../../lib/storage";
import type { Link } from "../../lib/types";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

Component({
  behaviors: [elderPage],
  data: {
    t: textsOf(wording.search),
    loading: false,
    problem: "",
    query: "",
    place: "",
    groups: [] as { heading: string; links: Link[] }[],
    note: wording.search.empty as string,
  },
  methods: {
    onShow() {
      this.setData({ ...asChosen(), place: placeWords() });
    },
    write(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ query: event.detail.value });
    },
    search() {
      const query = this.data.query.trim();
      if (!query) return this.setData({ groups: [], note: wording.search.empty });
      return fetchInto(this, async () => {
        const found = await api.search(query, storage.place()?.region ?? "");
        const groups = [
          { heading: wording.search.meant, links: found.meant },
          { heading: wording.search.around, links: found.around },
          { heading: wording.search.printed(found.query), links: found.printed },
        ].filter(({ links }) => links.length);
        return { groups, note: groups.length ? (found.more ? wording.search.more(found.more) : "") : wording.search.none };
      });
    },
  },
});
