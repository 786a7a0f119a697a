import { texts } from "#texts/texts.ts";

/** `isMore`: there are so many at least. */
export interface Total {
  readonly count: number;
  readonly isMore: boolean;
}

export function countText(total: Total | undefined, otherwise: number): string {
  const { count, isMore } = total ?? { count: otherwise, isMore: false };
  const said = count.toLocaleString("en");
  return isMore ? texts.general.list.moreThan(said) : said;
}
