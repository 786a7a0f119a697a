import { Select } from "@mantine/core";
import { IconVariable } from "@tabler/icons-react";
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
import { CreateVariable } from "./create-variable.tsx";
import { EditVariable } from "./edit-variable.tsx";
import { VariableTable } from "./variable-table.tsx";

const words = texts.variables;

export function VariablesPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const [{ search, public: readers, order, edit }, change] = useFilters(["search", "public", "order", "edit"]);
  const isFiltered = search !== undefined || readers !== undefined;
  const input: InputOf<"listVariables"> = {
    applicationId,
    order: order === "desc" ? order : "asc",
    count: true,
    ...(search !== undefined && { search }),
    ...(readers !== undefined && { public: readers === "true" }),
  };
  const { query, paging } = usePages("listVariables", input);
  const may = useMay();
  const { variables = [], total } = query.data?.output ?? {};
  const openEditor = (name: string) => change({ edit: name });
  const create = may("variables:update") && <CreateVariable applicationId={applicationId} onOpen={openEditor} />;
  return (
    <Page title={words.title} about={words.about} actions={create}>
      <ListCard
        query={query}
        paging={paging}
        count={variables.length}
        total={total}
        tools={
          <>
            <SearchField
              value={search ?? ""}
              placeholder={words.search}
              onChange={(text) => change({ search: text })}
            />
            <Select
              aria-label={words.visibility}
              placeholder={words.any}
              clearable
              w="12rem"
              data={[
                { value: "true", label: words.public },
                { value: "false", label: words.protected },
              ]}
              value={readers ?? null}
              onChange={(chosen) => change({ public: chosen ?? "" })}
            />
          </>
        }
        isFiltered={isFiltered}
        onClearFilters={() => change({ search: "", public: "" })}
        empty={
          <Notice icon={IconVariable} title={words.empty.title} about={words.empty.about}>
            {create}
          </Notice>
        }
      >
        <VariableTable
          applicationId={applicationId}
          variables={variables}
          isDescending={order === "desc"}
          onOrder={(isDescending) => change({ order: isDescending ? "desc" : "" })}
          onEdit={openEditor}
          isStale={query.isPlaceholderData}
        />
      </ListCard>
      <EditVariable applicationId={applicationId} name={edit} onClose={() => change({ edit: "" })} />
    </Page>
  );
}
