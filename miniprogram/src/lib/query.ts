// WeChat has no URLSearchParams.

/** `?a=1&b=2` in the order of the names, as the portal writes it; empty for nothing. */
export function queryOf(values: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(values)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(values[name] ?? "")}`);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

/** The parameters behind the question mark of an address. */
export function parametersOf(address: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of (address.split("?")[1] ?? "").split("&").filter(Boolean)) {
    const [name = "", value = ""] = pair.split("=");
    found[decoded(name)] = decoded(value);
  }
  return found;
}

/** A part of an address as it was written; one that cannot be decoded is left as it is. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replace(/\+/g, " "));
  } catch {
    return part;
  }
}
