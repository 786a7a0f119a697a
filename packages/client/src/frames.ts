/** What a text frame from the server turned out to be. */
export type ServerFrame =
  | { readonly kind: "answer"; readonly id: number; readonly status: number; readonly body: Body }
  | { readonly kind: "event"; readonly type: number; readonly content: Readonly<Record<string, string>> }
  | { readonly kind: "invalid" };

type Body = Readonly<Record<string, unknown>>;

/**
 * Reads one frame. An event is known by its `event_type`: its id is too large for a number.
 * Everything that is neither answer nor event is `invalid`; never throws.
 */
export function readFrame(data: unknown): ServerFrame {
  const body = parseObject(data);
  if (!body) return { kind: "invalid" };
  const { id, status, event_type: type, content } = body;
  if (isSafeInteger(type)) return { kind: "event", type, content: textsOf(content) };
  if (!isSafeInteger(id) || !isSafeInteger(status)) return { kind: "invalid" };
  return { kind: "answer", id, status, body };
}

/** The content of an event is texts by names; whatever else there may be is left out. */
function textsOf(content: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(isObject(content) ? content : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function parseObject(data: unknown): Body | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
