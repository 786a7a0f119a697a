import { useMemo } from "react";
import { Select } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { deliveryStates, type InputOf, isWebhookEventName } from "@latchkey/protocol";
import { Link } from "wouter";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { ListCard } from "#list/list-card.tsx";
import { useNews } from "#list/use-news.ts";
import { usePages } from "#list/use-pages.ts";
import { Instant } from "#parts/instant.tsx";
import { LiveMark } from "#parts/live-mark.tsx";
import { Notice } from "#parts/notice.tsx";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { eventGroups } from "#pages/webhooks/event-groups.ts";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";
import { type Delivery, DeliveryState } from "./delivery-state.tsx";
import { ReplayDelivery } from "./replay-delivery.tsx";
import { ReplayFailed } from "./replay-failed.tsx";

const words = texts.webhooks.deliveries;
const none: readonly Delivery[] = [];
const testEvent = "webhook.test";
const events = [...eventGroups.flatMap((group) => group.events), testEvent];

interface Props {
  readonly webhook: Webhook;
  readonly state: string | undefined;
  readonly type: string | undefined;
  readonly onChange: (changed: { readonly state?: string; readonly type?: string }) => void;
  readonly pathTo: (deliveryId: string) => string;
}

/** What was sent and is being sent. The page that is shown is followed, so that an attempt is seen as it ends. */
export function DeliveryList({ webhook, state, type, onChange, pathTo }: Props) {
  const isState = deliveryStates.find((each) => each === state);
  const input: InputOf<"listWebhookDeliveries"> = {
    applicationId: webhook.applicationId,
    webhookId: webhook.id,
    ...(isState && { state: isState }),
    ...(isWebhookEventName(type) && { type }),
  };
  const { query, paging, isLive } = usePages("listWebhookDeliveries", input, { follows: true });
  const { deliveries = none } = query.data?.output ?? {};
  const about = query.isPlaceholderData ? "" : `${JSON.stringify(input)} ${paging.page} ${paging.size}`;
  const news = useNews(about, deliveries, idOf, says);
  const mayReplay = useMay()("webhooks:update") && webhook.state === "enabled";
  const columns = useMemo<readonly Column<Delivery>[]>(
    () => [
      {
        title: words.event,
        isMain: true,
        cell: ({ id, type: event }) => (
          <Link className="lk-row-link lk-key" href={pathTo(id)}>
            {event}
          </Link>
        ),
      },
      { title: texts.webhooks.state, cell: (delivery) => <DeliveryState delivery={delivery} /> },
      { title: words.result, isLong: true, cell: resultOf },
      { title: words.when, align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
    ],
    [pathTo],
  );
  return (
    <Section
      title={words.title}
      about={words.about}
      actions={
        <>
          <LiveMark isLive={isLive} />
          {mayReplay && <ReplayFailed webhook={webhook} />}
        </>
      }
      flush
    >
      <ListCard
        isPlain
        query={query}
        paging={paging}
        count={deliveries.length}
        tools={
          <>
            <Select
              aria-label={texts.webhooks.state}
              placeholder={words.anyState}
              clearable
              w="10rem"
              data={deliveryStates.map((each) => ({ value: each, label: words.states[each] }))}
              value={isState ?? null}
              onChange={(chosen) => onChange({ state: chosen ?? "" })}
            />
            <Select
              aria-label={words.event}
              placeholder={words.anyEvent}
              clearable
              searchable
              w="14rem"
              data={events}
              value={isWebhookEventName(type) ? type : null}
              onChange={(chosen) => onChange({ type: chosen ?? "" })}
            />
          </>
        }
        isFiltered={isState !== undefined || isWebhookEventName(type)}
        onClearFilters={() => onChange({ state: "", type: "" })}
        empty={<Notice icon={IconSend} title={words.empty.title} about={words.empty.about} />}
      >
        <DataTable
          caption={words.caption}
          columns={columns}
          rows={deliveries}
          idOf={idOf}
          nameOf={({ type: event }) => event}
          opens={({ id }) => pathTo(id)}
          isStale={query.isPlaceholderData}
          news={news}
          rowActions={
            mayReplay ? (delivery) => <ReplayDelivery webhook={webhook} delivery={delivery} isIcon /> : undefined
          }
        />
      </ListCard>
    </Section>
  );
}

function idOf({ id }: Delivery): string {
  return id;
}

/** What is news when it changes. */
function says({ state, attempts, lastStatus, lastError }: Delivery): string {
  return JSON.stringify([state, attempts, lastStatus, lastError]);
}

function resultOf({ lastStatus, lastError }: Delivery): string | undefined {
  if (lastStatus === undefined) return lastError;
  return lastError === undefined ? String(lastStatus) : `${lastStatus}: ${lastError}`;
}
