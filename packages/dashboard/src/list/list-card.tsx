import type { ReactNode } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { Notice } from "#parts/notice.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import type { Total } from "#bulk/count-text.ts";
import { ListFoot } from "./list-foot.tsx";
import type { Paging } from "./use-pages.ts";

interface Props {
  readonly query: Pick<UseQueryResult, "isPending" | "isError" | "error" | "refetch">;
  readonly paging?: Paging;
  readonly count: number;
  /** Of all pages together, where it is known. */
  readonly total?: Total | undefined;
  readonly tools?: ReactNode;
  /** What can be done with the rows that are chosen. */
  readonly chosen?: ReactNode;
  /** Within a section, which is a card already. */
  readonly isPlain?: boolean;
  readonly isFiltered?: boolean;
  readonly onClearFilters?: () => void;
  /** Said where there is no record at all. */
  readonly empty: ReactNode;
  /** The table. */
  readonly children: ReactNode;
}

/** A list in all its states: on its way, failed, empty, filtered to nothing, there. */
export function ListCard(props: Props) {
  const {
    query,
    paging,
    count,
    total,
    tools,
    chosen,
    isPlain = false,
    isFiltered = false,
    onClearFilters,
    empty,
    children,
  } = props;
  const isEmpty = count === 0 && (paging?.page ?? 1) === 1;
  const showsTools = tools !== undefined && (!isEmpty || isFiltered || query.isPending);
  return (
    <div className={isPlain ? undefined : "lk-card"}>
      {showsTools && <div className="lk-list-tools">{tools}</div>}
      {chosen}
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError ? (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : !isEmpty ? (
        <>
          {children}
          {paging && <ListFoot paging={paging} count={count} total={total} />}
        </>
      ) : isFiltered ? (
        <Notice
          icon={IconFilterOff}
          title={texts.general.list.nothingFound}
          about={texts.general.list.nothingFoundAbout}
        >
          {onClearFilters && (
            <Button variant="default" onClick={onClearFilters}>
              {texts.general.list.clearFilters}
            </Button>
          )}
        </Notice>
      ) : (
        empty
      )}
    </div>
  );
}
