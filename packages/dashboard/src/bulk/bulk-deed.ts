import type { BulkJobKind } from "@latchkey/protocol";

/** Something that can be done to many records at once. */
export interface BulkDeed {
  readonly kind: BulkJobKind;
  readonly action: string;
  readonly title: (count: string) => string;
  readonly consequences: readonly string[];
  readonly harmless?: boolean;
  /** What takes it back. */
  readonly undo?: BulkJobKind;
}
