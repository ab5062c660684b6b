// A telephone for tests: WeChat's interfaces as far as the mini-program uses them, and its pages drawn by WeChat's own compiler.
import simulate, { type Rendered } from "miniprogram-simulate";
import { vi } from "vitest";

export const ROOT = process.env.YILIANBAN_MINIPROGRAM_BUILT ?? "";

interface Asked {
  url: string;
  method: string;
  header: Record<string, string>;
  timeout: number;
  data?: any;
  success(answer: { statusCode: number; data: unknown }): void;
  fail(error: { errMsg: string }): void;
}

/** What the server says to a request; a string is the network's failure. */
export type Answer = { status: number; body: unknown } | string;
type Server = (asked: { method: string; path: string; body: any; token: string }) => Answer | Promise<Answer>;

export class Phone {
  readonly storage = new Map<string, unknown>();
  readonly asked: { method: string; path: string; body: any; token: string; timeout: number }[] = [];
  readonly opened: string[] = [];
  readonly documents: { filePath: string; fileType: string; showMenu: boolean }[] = [];
  readonly rung: string[] = [];
  logins = 0;
  confirms = true;
  /** Whether the person has agreed to the privacy guide; null: WeChat asks. */
  agreed: boolean | null = true;
  #needed: (answer: (event: { event: string }) => void) => void = () => undefined;

  constructor(public server: Server) {
    const go = ({ url }: { url: string }) => void this.opened.push(url);
    Object.assign(globalThis, { getApp: () => ({}), App: (app: { onLaunch(): void }) => app.onLaunch() });
    Object.assign((globalThis as any).wx, {
      getStorageSync: (name: string) => this.storage.get(name) ?? "",
      setStorageSync: (name: string, value: unknown) => void this.storage.set(name, structuredClone(value)),
      removeStorageSync: (name: string) => void this.storage.delete(name),
      getStorageInfoSync: () => ({ keys: [...this.storage.keys()] }),
      request: (asked: Asked) => this.#request(asked),
      downloadFile: (asked: Asked & { success(answer: object): void }) => void this.#download(asked),
      openDocument: ({ filePath, fileType, showMenu, success }: any) => (this.documents.push({ filePath, fileType, showMenu }), success()),
      makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) => void this.rung.push(phoneNumber),
      login: ({ success }: any) => success({ code: `code${(this.logins += 1)}` }),
      navigateTo: go,
      redirectTo: go,
      switchTab: go,
      navigateBack: () => void this.opened.push("back"),
      showModal: ({ success }: any) => success({ confirm: this.confirms }),
      openPrivacyContract: () => void this.opened.push("privacy contract"),
      onNeedPrivacyAuthorization: (listener: any) => void (this.#needed = listener),
      requirePrivacyAuthorize: ({ success, fail }: any) => {
        const answer = (is: boolean): void => ((this.agreed = is), is ? success() : fail());
        if (this.agreed !== null) answer(this.agreed);
        else this.#needed(({ event }) => answer(event === "agree"));
      },
    });
  }

  /** A page or component as WeChat draws it. */
  render(path: string, properties: object = {}): Rendered {
    const name = path.split("/").at(-1) ?? path;
    const rendered = simulate.render(simulate.load(`${ROOT}/${path}/${name}`, name, { rootPath: ROOT }), properties);
    rendered.attach(document.createElement("div"));
    return rendered;
  }

  /** A page, opened with its parameters and brought to the front. */
  async open(name: string, query: Record<string, string> = {}): Promise<Rendered> {
    const page = this.render(`pages/${name}`);
    await page.instance.onLoad?.(query);
    await page.instance.onShow?.();
    await settled();
    return page;
  }

  #request(asked: Asked): { abort(): void } {
    let isOver = false;
    const path = asked.url.replace(/^https?:\/\/[^/]+/, "");
    const token = (asked.header.Authorization ?? "").replace("Bearer ", "");
    const told = { method: asked.method, path, body: asked.data, token };
    this.asked.push({ ...told, timeout: asked.timeout });
    void Promise.resolve(this.server(told)).then((answer) => {
      if (isOver) return;
      if (typeof answer === "string") asked.fail({ errMsg: `request:fail ${answer}` });
      else asked.success({ statusCode: answer.status, data: answer.body });
    });
    return {
      abort() {
        isOver = true;
        asked.fail({ errMsg: "request:fail abort" });
      },
    };
  }

  async #download(asked: Asked & { success(answer: object): void }): Promise<void> {
    const path = asked.url.replace(/^https?:\/\/[^/]+/, "");
    const answer = await this.server({ method: "DOWNLOAD", path, body: null, token: "" });
    if (typeof answer === "string") asked.fail({ errMsg: `downloadFile:fail ${answer}` });
    else asked.success({ statusCode: answer.status, tempFilePath: `tmp${path}` });
  }
}

/** All that has begun has come to its end. */
export const settled = (): Promise<void> => simulate.sleep(20);

/** What a person reads. */
export const read = (node: { dom: HTMLElement }): string => (node.dom.textContent ?? "").replace(/\s+/g, " ").trim();

/** The rendered tree, a line an element: its name, our own classes, and its words. */
export function drawn(node: { dom: Element }): string {
  const lines = (element: Element, depth: number): string[] => {
    const classes = [...element.classList].map((name) => name.replace(/^[\w-]+?--/, "")).filter((name) => !name.startsWith("t-"));
    const words = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ textContent }) => textContent?.trim()).join(" ").trim();
    const name = [element.tagName.toLowerCase().replace("wx-", ""), ...classes].join(".");
    const children = [...element.children].flatMap((child) => lines(child, depth + 1));
    return [`${"  ".repeat(depth)}${name}${words ? ` ${words}` : ""}`, ...children];
  };
  return lines(node.dom, 0).join("\n");
}

/** Taps the innermost element that says exactly this. */
export async function tap(page: Rendered, words: string): Promise<void> {
  const found = [...page.dom.querySelectorAll("*")].filter((one) => (one.textContent ?? "").trim() === words).at(-1);
  if (!found) throw new Error(`nothing says “${words}” in: ${read(page)}`);
  touch(found);
  await settled();
}

/** A finger on an element, as WeChat's components notice it. */
export function touch(element: Element): void {
  const point = { identifier: 0, clientX: 0, clientY: 0, pageX: 0, pageY: 0, target: element };
  for (const name of ["touchstart", "touchend"]) {
    const event = new Event(name, { bubbles: true, cancelable: true });
    Object.assign(event, { touches: name === "touchstart" ? [point] : [], changedTouches: [point] });
    element.dispatchEvent(event);
  }
}

/** Modules of the mini-program keep state: each test starts with new ones. */
export async function freshPhone(server: Server): Promise<Phone> {
  vi.resetModules();
  const { createRequire } = await import("node:module");
  const { cache } = createRequire(import.meta.url);
  for (const path of Object.keys(cache)) if (path.startsWith(`${ROOT}/lib/`)) Reflect.deleteProperty(cache, path);
  return new Phone(server);
}
