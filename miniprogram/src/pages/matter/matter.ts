import { api } from "../../lib/backend";
import { matterFacts, stepView, type Fact } from "../../lib/cards";
import { fetchInto } from "../../lib/opened";
import { elderPage } from "../../lib/page";
import { decoded } from "../../lib/query";
import { matterUrl } from "../../lib/routes";
import type { Link, MatterPage } from "../../lib/types";
import { wording } from "../../lib/wording";

const AROUND = ["scenarios", "related", "neighbours", "elsewhere"] as const;

Component({
  behaviors: [elderPage],
  data: {
    loading: true,
    problem: "",
    id: "",
    title: "",
    badges: [] as string[],
    facts: [] as Fact[],
    notes: [] as string[],
    unsaid: [] as string[],
    unsaidHeading: wording.chain.unsaid,
    around: [] as { heading: string; links: Link[] }[],
    share: wording.chain.share,
  },
  methods: {
    onLoad(query: { id?: string }) {
      this.setData({ id: decoded(query.id ?? "") });
      return this.open();
    },
    open() {
      return fetchInto(this, async () => {
        const page = await api.matter(this.data.id);
        const [step] = page.card.steps ?? [];
        return {
          title: page.title,
          badges: step ? stepView(step).badges : [],
          facts: step ? matterFacts(step) : [],
          notes: notesOf(page),
          unsaid: page.unsaid,
          around: AROUND.map((name) => ({ heading: wording.matter[name], links: numbered(name, page[name]) })),
        };
      });
    },
    onShareAppMessage() {
      return { title: this.data.title, path: matterUrl(this.data.id) };
    },
  },
});

/** Rows of the same list are told by their number there. */
function numbered(name: (typeof AROUND)[number], links: Link[]): Link[] {
  return name === "related" || name === "neighbours" ? links.map((link) => ({ ...link, note: wording.browse.row(link.note) })) : links;
}

function notesOf({ region, corrections }: MatterPage): string[] {
  const corrected = corrections.map(({ field, printed, shown }) => wording.matter.corrected(field, printed, shown));
  return [region.note, ...corrected].filter(Boolean);
}
