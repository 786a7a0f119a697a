/** Two transactions waited for each other, and this is the one that was undone. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "40P01";
}
