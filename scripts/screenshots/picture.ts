import type { Page } from "playwright-core";
import type { ExampleData } from "./example-data.ts";

/** One picture of a page. */
export interface Picture {
  readonly name: string;
  readonly path: (example: ExampleData) => string;
  /** What is done on the page first. */
  readonly before?: (page: Page) => Promise<void>;
}
