import type { IncomingHttpHeaders } from "node:http";

/** What a request selects of a representation, by RFC 9110: preconditions first, then the range. Both ends are included. */
export type Selection =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly from: number; readonly to: number }
  | { readonly kind: "notModified" | "preconditionFailed" | "unsatisfiable" };

/** There is no Last-Modified, so conditions by date are none. */
export function selectionOf(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  { etag, length }: { readonly etag: string; readonly length: number },
): Selection {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch, "if-range": ifRange, range } = headers;
  if (ifMatch !== undefined && !names(ifMatch, etag)) return { kind: "preconditionFailed" };
  if (ifNoneMatch !== undefined && names(ifNoneMatch.replaceAll("W/", ""), etag)) return { kind: "notModified" };
  if (method !== "GET" || range === undefined) return { kind: "whole" };
  if (ifRange !== undefined && ifRange !== etag) return { kind: "whole" };
  return rangeOf(range, length);
}

function names(list: string, etag: string): boolean {
  return list.split(",").some((item) => ["*", etag].includes(item.trim()));
}

/** Several ranges, other units and what is no range at all are ignored, as a server may (RFC 9110 §14.2). */
function rangeOf(text: string, length: number): Selection {
  const [, first = "", last = ""] = /^bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(text) ?? [];
  if (first === "" && last === "") return { kind: "whole" };
  const from = first === "" ? Math.max(length - Number(last), 0) : Number(first);
  const to = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== "" && last !== "" && Number(last) < from) return { kind: "whole" };
  return from > to ? { kind: "unsatisfiable" } : { kind: "part", from, to };
}
