/** One thing that doctor looked at. A warning works, and is worth knowing. */
export interface Check {
  readonly name: string;
  readonly result: "ok" | "warning" | "failed";
  readonly message: string;
}
