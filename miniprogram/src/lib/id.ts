/** A UUID for a message. It only has to differ within one conversation: who may read that is the token's business. */
export function newId(random: () => number = Math.random): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
