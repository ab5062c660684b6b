import { listenForPrivacy } from "./lib/privacy";

App({
  onLaunch() {
    listenForPrivacy();
  },
});
