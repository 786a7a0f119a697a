import { useCallback, useMemo } from "react";
import { Button } from "@mantine/core";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { useNow } from "#clock.ts";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { confirm } from "#parts/confirm.tsx";
import { Instant } from "#parts/instant.tsx";
import { Mark, type Tone } from "#parts/mark.tsx";
import { Tags } from "#parts/tags.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { type KeyState, keyStateOf, type ManagementKey } from "./key-state.ts";

const words = texts.keys;
const refreshes = ["listManagementKeys"] as const;
const shownAtMost = 2;
const tones: Readonly<Record<KeyState, Tone>> = {
  active: "good",
  expiring: "warning",
  expired: "quiet",
  revoked: "bad",
};

interface Props {
  readonly keys: readonly ManagementKey[];
  readonly isStale: boolean;
}

export function KeyTable({ keys, isStale }: Props) {
  const may = useMay();
  const { data } = useAnswer("listApplications", {}, { enabled: may("applications:read") });
  const applications = data?.output.applications;
  const { mutateAsync: revoke } = useChange("revokeManagementKey", { refreshes });
  const columns = useMemo<readonly Column<ManagementKey>[]>(() => {
    const names = new Map(applications?.map(({ id, name }) => [id, name]));
    return [
      {
        title: words.name,
        isMain: true,
        cell: ({ name, lastFour }) => (
          <>
            <strong>{name}</strong>
            <div className="lk-section-about lk-key">{words.endsIn(lastFour)}</div>
          </>
        ),
      },
      { title: words.state, cell: (key) => <State of={key} /> },
      { title: words.scopes, cell: ({ scopes }) => <Tags tags={scopes} atMost={shownAtMost} /> },
      {
        title: words.applications,
        cell: ({ applicationIds }) =>
          applicationIds ? (
            <Tags tags={applicationIds.map((id) => names.get(id) ?? id)} atMost={shownAtMost} />
          ) : (
            words.allApplications
          ),
      },
      {
        title: words.lastUsed,
        cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? texts.general.never : <Instant at={lastUsedAt} />),
      },
      {
        title: words.expires,
        cell: ({ expiresAt }) => (expiresAt === undefined ? texts.general.never : <Instant at={expiresAt} />),
      },
      {
        title: words.created,
        cell: ({ createdAt, createdBy }) => (
          <>
            <Instant at={createdAt} />
            <div className="lk-section-about">{words.by(createdBy)}</div>
          </>
        ),
      },
    ];
  }, [applications]);
  const rowActions = useCallback(
    ({ id, name, revokedAt, lastUsedAt }: ManagementKey) => {
      if (revokedAt !== undefined) return null;
      const ask = () =>
        confirm({
          title: words.revoke.title(name),
          about:
            lastUsedAt === undefined ? (
              words.revoke.neverUsed
            ) : (
              <>
                {words.revoke.lastUsed} <Instant at={lastUsedAt} />.
              </>
            ),
          consequences: words.revoke.consequences,
          action: words.revoke.action,
          asksReason: true,
          onConfirm: async (reason) => {
            await revoke({ input: { keyId: id }, reason });
            toast.done(words.revoke.done(name));
          },
        });
      return (
        <Button size="xs" variant="subtle" color="red" aria-label={words.revoke.label(name)} onClick={ask}>
          {words.revoke.action}
        </Button>
      );
    },
    [revoke],
  );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={keys}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      isStale={isStale}
      rowActions={may("keys:delete") ? rowActions : undefined}
    />
  );
}

function State({ of }: { readonly of: ManagementKey }) {
  const state = keyStateOf(of, useNow());
  return <Mark tone={tones[state]} text={words.states[state]} />;
}
