/** Of the disk, of a user's quota, of a process's limit. */
const fullCodes = ["ENOSPC", "EDQUOT", "EFBIG"];

/** Whether a file could not be written for want of room. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && fullCodes.includes(String(error.code));
}
