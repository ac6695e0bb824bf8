/** Text for LIKE in which nothing is a wildcard: `_` stands in nearly every name. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
