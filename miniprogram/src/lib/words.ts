/** The plain texts of a part of the wording: what a template may show as it is. */
export function textsOf(part: object): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(part)) if (typeof value === "string") found[name] = value;
  return found;
}
