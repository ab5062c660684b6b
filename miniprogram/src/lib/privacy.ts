// WeChat (from 2.32.3; its typings do not know older ones) asks a person to agree to the privacy guide before interfaces that it protects may be used.

type Answer = (event: { event: "agree" | "disagree"; buttonId?: string }) => void;

let waiting: Answer[] = [];
let show: () => void = () => undefined;

/** Tells WeChat that we ask for ourselves; older WeChat does not ask. */
export function listenForPrivacy(): void {
  // The typings tell another shape than WeChat gives.
  const listen = wx.onNeedPrivacyAuthorization as unknown as ((asked: (answer: Answer) => void) => void) | undefined;
  listen?.((answer) => {
    waiting.push(answer);
    show();
  });
}

/** The popup of the page in front; it is shown at once where somebody waits. */
export function popupOf(open: () => void): void {
  show = open;
  if (waiting.length) open();
}

/** What the person answered, to all who wait. */
export function answerPrivacy(isAgreed: boolean, buttonId: string): void {
  const all = waiting;
  waiting = [];
  for (const answer of all) answer(isAgreed ? { event: "agree", buttonId } : { event: "disagree" });
}

/** Whether the person has agreed, now or before; asks where that is not known. */
export function agreed(): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = wx.requirePrivacyAuthorize as typeof wx.requirePrivacyAuthorize | undefined;
    if (!ask) resolve(true);
    else ask({ success: () => resolve(true), fail: () => resolve(false) });
  });
}
