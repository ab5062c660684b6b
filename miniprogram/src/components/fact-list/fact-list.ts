import type { Fact } from "../../lib/cards";

/** What a list prints of a matter, a line a field; a telephone number rings. */
Component({
  properties: { facts: { type: Array, value: [] as Fact[] } },
  methods: {
    ring(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { phone: string }>) {
      const { phone } = event.currentTarget.dataset;
      if (phone) wx.makePhoneCall({ phoneNumber: phone, fail: () => undefined });
    },
  },
});
