import { wording } from "../../lib/wording";

/** While a page is being fetched, and when that failed: what happened, and a way to try again (`again`). */
Component({
  properties: { loading: { type: Boolean, value: false }, problem: { type: String, value: "" } },
  data: { wait: wording.loading, retry: wording.again },
  methods: {
    again() {
      this.triggerEvent("again");
    },
  },
});
