// WeChat's limits of a package; what is larger is refused at the upload.
import { statSync } from "node:fs";

export const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Bytes of all files together; throws where WeChat would refuse them.
 * @param {string[]} paths
 * @param {number} [most]
 */
export function checkSize(paths, most = MOST_BYTES) {
  const size = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  if (size > most) throw new Error(`the package has ${size} bytes, WeChat takes ${most}`);
  return size;
}
