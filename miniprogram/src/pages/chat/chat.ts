import { api, conversation } from "../../lib/backend";
import { bubbles, type Bubble } from "../../lib/cards";
import type { Pending, View } from "../../lib/conversation";
import { asChosen, elderPage, placeWords } from "../../lib/page";
import { agreed } from "../../lib/privacy";
import { storage } from "../../lib/storage";
import type { Handoff, Region } from "../../lib/types";
import { wording } from "../../lib/wording";
import { textsOf } from "../../lib/words";

const EXAMPLES = 6;
const HOTLINE = "12345";

Component({
  behaviors: [elderPage],
  data: {
    t: textsOf(wording.chat),
    bubbles: [] as Bubble[],
    pending: [] as Pending[],
    handoff: null as Handoff | null,
    phase: "loading" as View["phase"],
    problem: "",
    place: "",
    examples: [] as Region["examples"],
    notAgreed: "",
    bottom: "",
  },
  methods: {
    onLoad() {
      conversation.watch((view) => this.draw(view));
      return conversation.restore();
    },
    onShow() {
      this.setData({ ...asChosen(), place: placeWords() });
      conversation.show(true);
      return this.look();
    },
    onHide() {
      conversation.show(false);
    },
    onUnload() {
      conversation.show(false);
    },
    draw({ entries, pending, handoff, phase }: View) {
      this.setData({
        bubbles: bubbles(entries),
        pending: [...pending],
        handoff,
        phase,
        problem: phase === "failed" ? wording.chat.restoreFailed : "",
        place: placeWords(),
        bottom: "",
      });
      this.setData({ bottom: "end" });
    },
    /** The place picked, and what can be asked there. */
    async look() {
      const place = storage.place();
      const regions = await api.regions().catch(() => []);
      const region = regions.find(({ id }) => id === place?.region) ?? regions[0];
      const fits = (region?.examples ?? []).filter(({ audience }) => audience === (place?.audience ?? "individual"));
      this.setData({ examples: fits.slice(0, EXAMPLES) });
    },
    restore() {
      void conversation.restore();
    },
    async write(event: WechatMiniprogram.CustomEvent<{ text: string }>) {
      if (await this.say(event.detail.text)) this.selectComponent("#composer")?.clear();
    },
    tapOption(event: WechatMiniprogram.CustomEvent<{ payload: string; label: string }>) {
      void this.say(event.detail.payload, event.detail.label);
    },
    tapExample(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { payload: string; label: string }>) {
      const { payload, label } = event.currentTarget.dataset;
      void this.say(payload, label);
    },
    wantPerson() {
      void this.say(wording.chat.wantPerson);
    },
    wantRating() {
      void this.say(wording.chat.ratingSaid);
    },
    ring() {
      wx.makePhoneCall({ phoneNumber: HOTLINE, fail: () => undefined });
    },
    /** Whether the words are on their way: the person has agreed to the privacy guide. */
    async say(text: string, label = ""): Promise<boolean> {
      const may = await agreed();
      this.setData({ notAgreed: may ? "" : wording.chat.notAgreed });
      if (may) void conversation.send(text, label);
      return may;
    },
    retry(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: string }>) {
      void conversation.retry(event.currentTarget.dataset.id);
    },
    discard(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: string }>) {
      conversation.discard(event.currentTarget.dataset.id);
    },
    onShareAppMessage() {
      return { title: wording.title, path: "/pages/chat/chat" };
    },
  },
});
