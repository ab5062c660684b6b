import { Failure } from "./failure";
import { BASE } from "./site";

const DOWNLOAD_MS = 60_000;

/** Fetches a document of the server and opens it with WeChat's own viewer, from which it can be kept and sent on. */
export function openDocument(path: string, type: "pdf" | "docx"): Promise<void> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url: BASE + path,
      timeout: DOWNLOAD_MS,
      success({ statusCode, tempFilePath }) {
        if (statusCode !== 200) return reject(new Failure("refused", statusCode));
        wx.openDocument({
          filePath: tempFilePath,
          fileType: type,
          showMenu: true,
          success: () => resolve(),
          fail: () => reject(new Failure("refused")),
        });
      },
      fail: ({ errMsg }) => reject(new Failure(/time ?out/i.test(errMsg) ? "timeout" : "offline")),
    });
  });
}
