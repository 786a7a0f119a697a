import { useMemo, useState } from "react";
import { Button } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import type { OutputOf } from "@latchkey/protocol";
import { Link, useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { ListCard } from "#list/list-card.tsx";
import { Instant } from "#parts/instant.tsx";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { webhookPath } from "#location/paths.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { CreateWebhook } from "./create-webhook.tsx";
import { WebhookState } from "./webhook-state.tsx";

const words = texts.webhooks;
/** It may be disabled by what its address answers. */
const lookAgainMs = 10_000;

type Webhook = OutputOf<"listWebhooks">["webhooks"][number];

const pathOf = ({ applicationId, id }: Webhook) => webhookPath(applicationId, id);

/** Where an application tells what happens. There are few of them, so they come all at once. */
export function WebhooksPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const query = useAnswer("listWebhooks", { applicationId }, { refetchInterval: lookAgainMs });
  const may = useMay();
  const [isCreating, setCreating] = useState(false);
  const webhooks = query.data?.output.webhooks ?? [];
  const columns = useMemo<readonly Column<Webhook>[]>(
    () => [
      {
        title: words.url,
        isMain: true,
        cell: (webhook) => (
          <>
            <Link className="lk-row-link lk-key" href={pathOf(webhook)}>
              {webhook.url}
            </Link>
            {webhook.description !== undefined && <div className="lk-quiet">{webhook.description}</div>}
          </>
        ),
      },
      { title: words.state, cell: (webhook) => <WebhookState webhook={webhook} /> },
      {
        title: words.events,
        cell: ({ eventTypes }) => (
          <span title={eventTypes === "all" ? undefined : eventTypes.join(", ")}>
            {eventTypes === "all" ? words.allEvents : words.eventCount(eventTypes.length)}
          </span>
        ),
      },
      { title: words.created, align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
    ],
    [],
  );
  const create = may("webhooks:create") && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {words.create.action}
    </Button>
  );
  return (
    <Page title={words.title} about={words.about} actions={create}>
      <ListCard
        query={query}
        count={webhooks.length}
        empty={
          <Notice icon={IconWebhook} title={words.empty.title} about={words.empty.about}>
            {create}
          </Notice>
        }
      >
        <DataTable
          caption={words.caption}
          columns={columns}
          rows={webhooks}
          idOf={({ id }) => id}
          nameOf={({ url }) => url}
          opens={pathOf}
        />
      </ListCard>
      <CreateWebhook applicationId={applicationId} opened={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}
