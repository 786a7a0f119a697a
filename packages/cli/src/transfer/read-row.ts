/** What a file of accounts has at a line. */
export type ReadRow =
  | { readonly line: number; readonly row: unknown }
  /** Why there is no row; the next one may be good. */
  | { readonly line: number; readonly problem: string }
  /** Why the rest of the file cannot be read. */
  | { readonly line: number; readonly end: string };

/** Of a row as it stands in the file. */
export const rowBytesAtMost = 65_536;

export const rowTooLong = `it is longer than ${rowBytesAtMost} bytes`;
export const notUtf8 = "it is not UTF-8";
