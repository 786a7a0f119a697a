import { type CallName, calls, type Call, userWords } from "@latchkey/protocol";

const urlAtMost = 8_192;

/** Application and key as the keyed form names them; in the domain form the host does. */
export interface KeyedAddress {
  readonly applicationId: string;
  readonly apiKey: string;
}

/** Where a request goes: the application it names, and the call with its path values. */
export interface Address {
  readonly keyed?: KeyedAddress;
  readonly name: CallName;
  readonly values: Readonly<Record<string, string>>;
  /** The values of each name in the query, in their order. */
  readonly query: Readonly<Record<string, readonly string[]>>;
}

export type ReadAddress =
  | { readonly address: Address }
  /** The path of AMF, where the message says which call it is. */
  | { readonly binary: Pick<Address, "keyed"> }
  /** `unknown`: no such path or method. `undecodable`: a segment is not percent-encoded UTF-8. */
  | { readonly fault: "unknown" | "undecodable" };

interface Route {
  readonly name: CallName;
  readonly methods: ReadonlySet<string>;
  /** Fixed words, or `undefined` for a value. */
  readonly words: readonly (string | undefined)[];
  readonly valueNames: readonly string[];
  /** Whether the last value is all that is left of the path (US-ADDR-7). */
  readonly takesRest: boolean;
}

const routes: readonly Route[] = Object.entries<Call>(calls).map(([name, { methods, path }]) => {
  const segments = path.split("/").slice(1);
  return {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the keys of the table are its names
    name: name as CallName,
    methods: new Set<string>(methods),
    words: segments.map((segment) => (segment.startsWith("{") ? undefined : segment)),
    valueNames: segments.filter((segment) => segment.startsWith("{")).map((segment) => segment.replace(/[{*}]/g, "")),
    takesRest: path.endsWith("*}"),
  };
});

/** US-HTTP-9. */
export function isTooLong({ url = "" }: { readonly url?: string | undefined }): boolean {
  return url.length > urlAtMost;
}

/** Reads method and URL of a request, in the keyed or the domain form (user service §2.1). */
export function readAddress(method: string, url: string, prefix: string): ReadAddress {
  const { path, query } = partsOf(url);
  // Decoded before anything is compared: a fixed word is a segment like every other (US-ADDR-6).
  const segments = decodeAll(withoutPrefix(path, prefix).replace(/^\/+/, "").split("/"));
  if (!segments) return { fault: "undecodable" };
  const isDomainForm = segments[0] === "api";
  const rest = segments.slice(isDomainForm ? 1 : 2);
  const [applicationId = "", apiKey = ""] = segments;
  const base = isDomainForm ? {} : { keyed: { applicationId, apiKey } };
  if (method === "POST" && rest.length === 1 && rest[0] === "binary") return { binary: base };
  const route = routes.find((candidate) => candidate.methods.has(method) && matches(candidate, rest));
  if (!route) return { fault: "unknown" };
  return {
    address: {
      name: route.name,
      values: valuesIn(route, rest),
      query: readQuery(query),
      ...base,
    },
  };
}

function partsOf(url: string): { readonly path: string; readonly query: string } {
  const [whole = ""] = url.split("#", 1);
  const mark = whole.indexOf("?");
  return mark === -1 ? { path: whole, query: "" } : { path: whole.slice(0, mark), query: whole.slice(mark + 1) };
}

function valuesIn({ words, valueNames, takesRest }: Route, segments: readonly string[]): Record<string, string> {
  const given = segments.filter((_, index) => words[index] === undefined);
  if (takesRest) given.push(given.splice(valueNames.length - 1).join("/"));
  return Object.fromEntries(valueNames.map((name, index) => [name, given[index] ?? ""]));
}

const noQuery = {};

function readQuery(query: string): Address["query"] {
  if (query === "") return noQuery;
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

/** The prefix ends where a segment does. A server address that ends in a slash makes two of them (US-CLIENT-4). */
export function withoutPrefix(path: string, prefix: string): string {
  const base = prefix.replace(/\/+$/, "");
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

function matches({ words, takesRest }: Route, segments: readonly string[]): boolean {
  const isLength = takesRest ? segments.length >= words.length : segments.length === words.length;
  return isLength && segments.every(fits);

  function fits(segment: string, index: number): boolean {
    const word = words[index];
    if (word !== undefined) return word === segment;
    if (takesRest && index >= words.length - 1) return segments.slice(words.length - 1).some((part) => part !== "");
    // Fixed words win over values, whatever the method and whether they are served (US-ADDR-8).
    return segment !== "" && !(words[index - 1] === "users" && userWords.has(segment));
  }
}

function decodeAll(segments: readonly string[]): string[] | undefined {
  if (!segments.some((segment) => segment.includes("%"))) return [...segments];
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
