import { useParams } from "wouter";
import { BulkBar } from "#bulk/bulk-bar.tsx";
import { useFilters } from "#location/use-filters.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { ListCard } from "#list/list-card.tsx";
import { useSelection } from "#list/use-selection.ts";
import { usePages } from "#list/use-pages.ts";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { CreateLicenses } from "./create-licenses.tsx";
import { ExportLicenses } from "./export-licenses.tsx";
import { filterNames, inputOf, wantedOf } from "./license-filters.ts";
import { licenseDeeds } from "./license-deeds.ts";
import { LicenseTable } from "./license-table.tsx";
import { LicenseTools } from "./license-tools.tsx";
import { NoLicenses } from "./no-licenses.tsx";

const words = texts.licenses;
const refreshed = ["listLicenses"] as const;

export function LicensesPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const [filters, change] = useFilters(filterNames);
  const wanted = wantedOf(filters);
  const input = inputOf(applicationId, filters);
  const refresh = useRefresh(refreshed);
  const { query, paging } = usePages("listLicenses", { ...input, count: true });
  const selection = useSelection(JSON.stringify([applicationId, wanted]));
  const may = useMay();
  const { licenses = [], total } = query.data?.output ?? {};
  const isFiltered = [filters.search, filters.state, filters.level].some((filter) => filter !== undefined);
  const clear = () => change({ search: undefined, state: undefined, level: undefined });
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <>
          <ExportLicenses input={input} />
          {may("licenses:create") && <CreateLicenses applicationId={applicationId} />}
        </>
      }
    >
      <ListCard
        query={query}
        paging={paging}
        count={licenses.length}
        total={total}
        tools={<LicenseTools filters={filters} onChange={change} />}
        chosen={
          <BulkBar
            applicationId={applicationId}
            selection={selection}
            deeds={licenseDeeds}
            everything={{ licenses: wanted }}
            shown={licenses.length}
            total={total}
            onChanged={refresh}
          />
        }
        isFiltered={isFiltered}
        onClearFilters={clear}
        empty={<NoLicenses applicationId={applicationId} />}
      >
        <LicenseTable
          applicationId={applicationId}
          licenses={licenses}
          filters={filters}
          onChange={change}
          isStale={query.isPlaceholderData}
          {...(may("licenses:update") && { selection })}
        />
      </ListCard>
    </Page>
  );
}
