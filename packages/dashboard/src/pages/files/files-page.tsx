import { IconFiles } from "@tabler/icons-react";
import type { InputOf } from "@latchkey/protocol";
import { useParams } from "wouter";
import { ListCard } from "#list/list-card.tsx";
import { SearchField } from "#list/search-field.tsx";
import { usePages } from "#list/use-pages.ts";
import { useFilters } from "#location/use-filters.ts";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { DropZone } from "./drop-zone.tsx";
import { FileTable } from "./file-table.tsx";
import { UploadList } from "./upload-list.tsx";

const words = texts.files;

export function FilesPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const [{ search, sort, order }, change] = useFilters(["search", "sort", "order"]);
  const sorting = {
    sort: sort === "name" ? sort : "created",
    order: order === "asc" ? order : "desc",
  } as const;
  const input: InputOf<"listFiles"> = {
    applicationId,
    ...sorting,
    count: true,
    ...(search !== undefined && { search }),
  };
  const { query, paging } = usePages("listFiles", input);
  const mayUpload = useMay()("files:upload");
  const { files = [], total } = query.data?.output ?? {};
  return (
    <Page title={words.title} about={words.about}>
      {mayUpload && <DropZone applicationId={applicationId} />}
      <UploadList applicationId={applicationId} />
      <ListCard
        query={query}
        paging={paging}
        count={files.length}
        total={total}
        tools={
          <SearchField value={search ?? ""} placeholder={words.search} onChange={(text) => change({ search: text })} />
        }
        isFiltered={search !== undefined}
        onClearFilters={() => change({ search: "" })}
        empty={<Notice icon={IconFiles} title={words.empty.title} about={words.empty.about} />}
      >
        <FileTable
          applicationId={applicationId}
          files={files}
          sorting={{
            by: sorting.sort,
            isDescending: sorting.order === "desc",
            change: (by, isDescending) => change({ sort: by, order: isDescending ? "desc" : "asc" }),
          }}
          isStale={query.isPlaceholderData}
        />
      </ListCard>
    </Page>
  );
}
