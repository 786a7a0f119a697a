import { createOpenings } from "#parts/openings.ts";
import type { BulkQuestion } from "./bulk-question.ts";

export const bulkQuestions = createOpenings<BulkQuestion>();

/** Asks, with what it leads to in numbers, before something is done to many records. */
export const askBulk: (question: BulkQuestion) => void = bulkQuestions.open;
