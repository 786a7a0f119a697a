import { type InputOf, operations, type RoutedName } from "../operations.ts";

/** A request to the management door. */
export interface ManagementRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With its query, from the root of the server on. */
  readonly path: string;
  /** Of POST, PUT and PATCH: what is sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** How an operation is asked for at the management door. */
export function requestOf<N extends RoutedName>(name: N, input: InputOf<N>): ManagementRequest {
  const { method, path } = readRoute(operations[name].route);
  const fields = new Map<string, unknown>(Object.entries(input));
  const filled = path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = fields.get(field);
    fields.delete(field);
    return encodeURIComponent(String(value));
  });
  if (!isInQuery(method)) return { method, path: filled, body: Object.fromEntries(fields) };
  const query = new URLSearchParams();
  for (const [field, value] of fields) {
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) query.append(field, String(each));
  }
  return { method, path: query.size === 0 ? filled : `${filled}?${query.toString()}` };
}

/** Where the fields of an input are that are not in the path. */
export function isInQuery(method: ManagementRequest["method"]): boolean {
  return method === "GET" || method === "DELETE";
}

export function readRoute(route: string): Pick<ManagementRequest, "method" | "path"> {
  const [, method, path = ""] = /^(GET|POST|PUT|PATCH|DELETE) (.*)$/.exec(route) ?? [];
  switch (method) {
    case "GET":
    case "POST":
    case "PUT":
    case "PATCH":
    case "DELETE":
      return { method, path };
    default:
      throw new Error(`${route} is no route`);
  }
}
