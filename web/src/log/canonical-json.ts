// RFC 8785. Its numbers and string escapes are those of ECMAScript's JSON.stringify; only the order of members, by
// UTF-16 code units, which is also how sort() compares, has to be made.
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const object = value as Record<string, unknown>;
    const parts = Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value);
}
