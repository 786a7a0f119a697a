/** The value of a text; an empty one is `null`, and one that is no JSON is nothing. */
export function readJson(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
