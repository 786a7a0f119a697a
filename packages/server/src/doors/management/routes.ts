import { isRouted, operationNames, operations, readRoute, type RoutedName } from "@latchkey/protocol";

interface Served {
  readonly name: RoutedName;
  readonly method: string;
  /** Text for a fixed segment, a field's name in braces for another. */
  readonly segments: readonly string[];
}

/** Fixed segments come first, so that they win over a field that could be the same text. */
const served: readonly Served[] = operationNames
  .filter(isRouted)
  .map((name) => {
    const { method, path } = readRoute(operations[name].route);
    return { name, method, segments: path.split("/") };
  })
  .sort((a, b) => fieldsOf(a.segments) - fieldsOf(b.segments));

export type Found =
  | {
      readonly name: RoutedName;
      readonly values: Readonly<Record<string, string>>;
      /** Its answer is followed record by record. */
      readonly isFeed?: true;
    }
  | { readonly allowed: readonly string[] }
  | undefined;

/** Sessions as they come, change and go; all fields are in the query. */
const sessionFeed = "/manage/v1/sessions/stream";

/** The operation behind a method and a path without its query; else the methods that the path takes. */
export function findRoute(method: string, path: string): Found {
  if (path === sessionFeed)
    return method === "GET" ? { name: "findSessions", values: {}, isFeed: true } : { allowed: ["GET"] };
  const segments = path.split("/");
  const allowed = new Set<string>();
  for (const route of served) {
    const values = match(route.segments, segments);
    if (!values) continue;
    if (route.method === method) return { name: route.name, values };
    allowed.add(route.method);
  }
  return allowed.size > 0 ? { allowed: [...allowed] } : undefined;
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const given = segments[i] ?? "";
    if (!part.startsWith("{")) {
      if (part !== given) return undefined;
      continue;
    }
    const value = decoded(given);
    if (value === undefined || value === "") return undefined;
    values[part.slice(1, -1)] = value;
  }
  return values;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function fieldsOf(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith("{")).length;
}
