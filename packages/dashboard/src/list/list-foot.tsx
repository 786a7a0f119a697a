import { ActionIcon, Group, NativeSelect } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { countText, type Total } from "#bulk/count-text.ts";
import { pageSizes, type Paging } from "./use-pages.ts";

interface Props {
  readonly paging: Paging;
  readonly count: number;
  readonly total: Total | undefined;
}

export function ListFoot({ paging, count, total }: Props) {
  const words = texts.general.list;
  const before = (paging.page - 1) * paging.size;
  const [from, to] = [before + 1, before + count];
  return (
    <div className="lk-list-foot">
      <span className="lk-numbers" aria-live="polite">
        {total === undefined ? words.rows(from, to) : words.rowsOf(from, to, countText(total, 0))}
      </span>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={words.perPage}
          data={[...pageSizes]}
          value={String(paging.size)}
          onChange={(event) => paging.resize(Number(event.currentTarget.value))}
        />
        <ActionIcon
          variant="default"
          aria-label={words.previous}
          disabled={paging.page === 1}
          onClick={paging.previous}
        >
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={words.next} disabled={!paging.hasNext} onClick={paging.next}>
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </div>
  );
}
