import { texts } from "#texts/texts.ts";

/** So many, or so many at least. */
export interface Bounded {
  readonly count: number;
  readonly isMore: boolean;
}

export function countText({ count, isMore }: Bounded): string {
  const text = count.toLocaleString("en");
  return isMore ? texts.general.moreThan(text) : text;
}
