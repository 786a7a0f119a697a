import { type CallName, calls, type Call, userWords } from "@latchkey/protocol";

/** Where a request goes: the application it names, and the call with its path values. */
export interface Address {
  /** Application id and key of the keyed form; absent in the domain form, where the host names them. */
  readonly keyed?: { readonly applicationId: string; readonly apiKey: string };
  readonly name: CallName;
  readonly values: Readonly<Record<string, string>>;
}

export type ReadAddress =
  | { readonly address: Address }
  /** `unknown`: no such path or method. `undecodable`: a segment is not percent-encoded UTF-8. */
  | { readonly fault: "unknown" | "undecodable" };

interface Route {
  readonly name: CallName;
  readonly methods: ReadonlySet<string>;
  /** Fixed words, or `undefined` for a value. */
  readonly words: readonly (string | undefined)[];
  readonly valueNames: readonly string[];
}

const routes: readonly Route[] = Object.entries<Call>(calls).map(([name, { methods, path }]) => {
  const segments = path.split("/").slice(1);
  return {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the keys of the table are its names
    name: name as CallName,
    methods: new Set<string>(methods),
    words: segments.map((segment) => (segment.startsWith("{") ? undefined : segment)),
    valueNames: segments.filter((segment) => segment.startsWith("{")).map((segment) => segment.slice(1, -1)),
  };
});

/** Reads method and path of a request, in the keyed or the domain form (user service §2.1). */
export function readAddress(method: string, path: string, prefix: string): ReadAddress {
  // Decoded before anything is compared: a fixed word is a segment like every other (US-ADDR-6).
  const segments = decodeAll(withoutPrefix(path, prefix).replace(/^\/+/, "").split("/"));
  if (!segments) return { fault: "undecodable" };
  const isDomainForm = segments[0] === "api";
  const rest = segments.slice(isDomainForm ? 1 : 2);
  const route = routes.find((candidate) => candidate.methods.has(method) && matches(candidate, rest));
  if (!route) return { fault: "unknown" };
  const given = rest.filter((_, index) => route.words[index] === undefined);
  const [applicationId = "", apiKey = ""] = segments;
  const named = Object.fromEntries(route.valueNames.map((name, index) => [name, given[index] ?? ""]));
  return { address: { name: route.name, values: named, ...(!isDomainForm && { keyed: { applicationId, apiKey } }) } };
}

/** The prefix ends where a segment does. A server address that ends in a slash makes two of them (US-CLIENT-4). */
function withoutPrefix(path: string, prefix: string): string {
  const base = prefix.replace(/\/+$/, "");
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

function matches({ words }: Route, segments: readonly string[]): boolean {
  return words.length === segments.length && segments.every(fits);

  function fits(segment: string, index: number): boolean {
    const word = words[index];
    if (word !== undefined) return word === segment;
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
