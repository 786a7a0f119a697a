import { type CallName, calls, type Call } from "@latchkey/protocol";

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

const routes: readonly Route[] = Object.entries<Call>(calls)
  .map(([name, { methods, path }]) => {
    const segments = path.split("/").slice(1);
    return {
      // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the keys of the table are its names
      name: name as CallName,
      methods: new Set<string>(methods),
      words: segments.map((segment) => (segment.startsWith("{") ? undefined : segment)),
      valueNames: segments.filter((segment) => segment.startsWith("{")).map((segment) => segment.slice(1, -1)),
    };
  })
  // Fixed words win over values (US-ADDR-8).
  .sort((a, b) => a.valueNames.length - b.valueNames.length);

/** Reads method and path of a request, in the keyed or the domain form (user service §2.1). */
export function readAddress(method: string, path: string, prefix: string): ReadAddress {
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  // A server address that ends in a slash makes it two (US-CLIENT-4).
  const segments = below.replace(/^\/+/, "").split("/");
  const isDomainForm = segments[0] === "api";
  const rest = segments.slice(isDomainForm ? 1 : 2);
  const route = routes.find((candidate) => candidate.methods.has(method) && matches(candidate, rest));
  if (!route) return { fault: "unknown" };
  const values = decodeAll(rest.filter((_, index) => route.words[index] === undefined));
  const keyed = isDomainForm ? [] : decodeAll(segments.slice(0, 2));
  if (!values || !keyed) return { fault: "undecodable" };
  const [applicationId = "", apiKey = ""] = keyed;
  const named = Object.fromEntries(route.valueNames.map((name, index) => [name, values[index] ?? ""]));
  return { address: { name: route.name, values: named, ...(!isDomainForm && { keyed: { applicationId, apiKey } }) } };
}

function matches({ words }: Route, segments: readonly string[]): boolean {
  return (
    words.length === segments.length &&
    words.every((word, index) => (word === undefined ? segments[index] !== "" : word === segments[index]))
  );
}

function decodeAll(segments: readonly string[]): string[] | undefined {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
