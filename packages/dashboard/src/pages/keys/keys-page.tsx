import { IconPassword } from "@tabler/icons-react";
import { ListCard } from "#list/list-card.tsx";
import { usePages } from "#list/use-pages.ts";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { CreateKey } from "./create-key.tsx";
import { KeyTable } from "./key-table.tsx";

const words = texts.keys;

/** By which programs may do what operators do here. */
export function KeysPage() {
  const { query, paging } = usePages("listManagementKeys", {});
  const mayCreate = useMay()("keys:create");
  const { managementKeys = [] } = query.data?.output ?? {};
  return (
    // Its place is the same in an empty list, so that the key that is shown outlives the list's first row.
    <Page title={words.title} about={words.about} actions={mayCreate && <CreateKey />}>
      <ListCard
        query={query}
        paging={paging}
        count={managementKeys.length}
        empty={<Notice icon={IconPassword} title={words.emptyTitle} about={words.emptyAbout} />}
      >
        <KeyTable keys={managementKeys} isStale={query.isPlaceholderData} />
      </ListCard>
    </Page>
  );
}
