/** One thing that doctor looked at. A warning works, and is worth knowing. */
export interface Check {
  readonly name: string;
  readonly result: "ok" | "warning" | "failed";
  readonly message: string;
  /** Why it matters, and what to do about it; absent where nothing is to be done. */
  readonly why?: string;
  readonly remedy?: string;
}

/** What a check found wrong. */
export type Finding = Required<Pick<Check, "message" | "why" | "remedy">>;

export function ok(name: string, message: string): Check {
  return { name, result: "ok", message };
}

export function warning(name: string, finding: Finding): Check {
  return { name, result: "warning", ...finding };
}

export function failure(name: string, finding: Finding): Check {
  return { name, result: "failed", ...finding };
}
