import { useCallback, useState } from "react";
import { Stack } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { ListCard } from "#list/list-card.tsx";
import { usePages } from "#list/use-pages.ts";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { Invitations } from "./invitations.tsx";
import { InviteOperator } from "./invite-operator.tsx";
import { OperatorMenu } from "./operator-menu.tsx";
import { type Operator, OperatorTable } from "./operator-table.tsx";
import { ResetPassword } from "./reset-password.tsx";

const words = texts.operators;

/** Who may use this dashboard, and who is invited to. */
export function OperatorsPage() {
  const { query, paging } = usePages("listOperators", {});
  const [resetting, setResetting] = useState<Operator>();
  const mayInvite = useMay()("operators:create");
  const { operators = [] } = query.data?.output ?? {};
  const rowActions = useCallback(
    (operator: Operator) => <OperatorMenu operator={operator} onReset={setResetting} />,
    [],
  );
  return (
    <Page title={words.title} about={words.about} actions={mayInvite && <InviteOperator />}>
      <Stack gap="lg">
        <ListCard
          query={query}
          {...((paging.hasNext || paging.page > 1) && { paging })}
          count={operators.length}
          empty={<Notice icon={IconUsersGroup} title={words.emptyTitle} about={words.emptyAbout} />}
        >
          <OperatorTable operators={operators} rowActions={rowActions} isStale={query.isPlaceholderData} />
        </ListCard>
        <Invitations />
      </Stack>
      <ResetPassword operator={resetting} onClose={() => setResetting(undefined)} />
    </Page>
  );
}
