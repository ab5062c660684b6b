// miniprogram-simulate's own typings stop at WeChat's; this is as much of it as the tests use.
declare module "miniprogram-simulate" {
  export interface Node {
    dom: HTMLElement;
    dispatchEvent(name: string, options?: { bubbles?: boolean; detail?: unknown }): void;
  }
  export interface Rendered extends Node {
    data: Record<string, any>;
    instance: Record<string, any>;
    attach(parent: Node | HTMLElement): void;
    detach(): void;
    toJSON(): unknown;
    querySelector(selector: string): Node | undefined;
    querySelectorAll(selector: string): Node[];
    addEventListener(name: string, listener: (event: { detail: any }) => void): void;
    setData(data: object): void;
  }
  export function load(path: string, name: string, options: { rootPath: string }): string;
  export function render(id: string, properties?: object): Rendered;
  export function sleep(ms: number): Promise<void>;
}
