import type { RoleQuery, UserQuery } from "./user-calls.ts";

/** A query as the body of a request: its lists are texts there. */
export function queryBody({ props, excludeProps, ...rest }: UserQuery): object {
  return { ...rest, ...(props && { props: props.join() }), ...(excludeProps && { excludeProps: excludeProps.join() }) };
}

/** A query as the query of a URL, where `props` has another name. */
export function queryString({ props = [], ...rest }: RoleQuery): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(queryBody(rest))) query.append(name, String(value));
  for (const name of props) query.append("property", name);
  return query.toString();
}
