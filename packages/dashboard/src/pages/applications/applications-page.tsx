import { useMemo } from "react";
import { IconApps } from "@tabler/icons-react";
import type { OutputOf } from "@latchkey/protocol";
import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { ListCard } from "#list/list-card.tsx";
import { SearchField } from "#list/search-field.tsx";
import { Instant } from "#parts/instant.tsx";
import { Mark } from "#parts/mark.tsx";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useFilters } from "#location/use-filters.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { CreateApplication } from "./create-application.tsx";

const words = texts.applications;
type Application = OutputOf<"listApplications">["applications"][number];

const columns: readonly Column<Application>[] = [
  {
    title: words.name,
    isMain: true,
    cell: ({ id, name }) => (
      <Link className="lk-row-link" href={opened(id)}>
        {name}
      </Link>
    ),
  },
  {
    title: words.state,
    cell: ({ pausedAt }) =>
      pausedAt === undefined ? <Mark tone="good" text={words.running} /> : <Mark tone="warning" text={words.paused} />,
  },
  { title: words.version, cell: ({ version }) => version },
  { title: words.created, align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

function opened(id: string): string {
  return `/applications/${encodeURIComponent(id)}/overview`;
}

export function ApplicationsPage() {
  const query = useAnswer("listApplications", {});
  const [{ search = "" }, change] = useFilters(["search", "new"]);
  const may = useMay();
  const applications = query.data?.output.applications;
  const found = useMemo(
    () => (applications ?? []).filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
    [applications, search],
  );
  const create = may("applications:create") && <CreateApplication />;
  return (
    <Page title={words.title} about={words.about} actions={create}>
      <ListCard
        query={query}
        count={found.length}
        isFiltered={search !== ""}
        onClearFilters={() => change({ search: undefined })}
        tools={<SearchField value={search} placeholder={words.search} onChange={(text) => change({ search: text })} />}
        empty={<Notice icon={IconApps} title={words.empty.title} about={words.empty.about} />}
      >
        <DataTable
          caption={words.caption}
          columns={columns}
          rows={found}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
          opens={({ id }) => opened(id)}
        />
      </ListCard>
    </Page>
  );
}
