import type { InputOf, RoutedName } from "@latchkey/protocol";
import type { Bounded } from "#parts/count-text.ts";

export type BulkInput = InputOf<"startBulkJob">;

/** What is asked before something is done to many records, and what is said afterwards. */
export interface BulkQuestion {
  readonly input: BulkInput;
  readonly title: (records: Bounded) => string;
  readonly consequences: (records: Bounded, sessions: Bounded) => readonly string[];
  readonly action: string;
  readonly done: (count: number) => string;
  readonly harmless?: boolean;
  /** Nothing takes it back: how many they are has to be typed. */
  readonly isForever?: boolean;
  readonly refreshes: readonly RoutedName[];
  readonly onStarted?: (() => void) | undefined;
}
