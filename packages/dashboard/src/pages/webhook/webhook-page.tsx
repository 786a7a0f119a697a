import { useCallback, useState } from "react";
import { Button, Modal, Tooltip } from "@mantine/core";
import { IconPencil, IconSend } from "@tabler/icons-react";
import { useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { Facts } from "#parts/facts.tsx";
import { Instant } from "#parts/instant.tsx";
import { Page } from "#parts/page.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { Tags } from "#parts/tags.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { webhookPath, within } from "#location/paths.ts";
import { useFilters } from "#location/use-filters.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { type Webhook, WebhookState } from "#pages/webhooks/webhook-state.tsx";
import { DeliveryDetails } from "./delivery-details.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { EditWebhook } from "./edit-webhook.tsx";
import { WebhookDeeds } from "./webhook-deeds.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

const words = texts.webhooks;
const filterNames = ["state", "type", "delivery"] as const;
/** It may be disabled by what its address answers. */
const lookAgainMs = 10_000;

/** One webhook: what it is told, and what became of it. */
export function WebhookPage() {
  const { applicationId, webhookId } = useParams<{ applicationId: string; webhookId: string }>();
  const named = { applicationId, webhookId };
  const { data, error, refetch } = useAnswer("showWebhook", named, { refetchInterval: lookAgainMs });
  const [filters, change] = useFilters(filterNames);
  const pathTo = useCallback(
    (deliveryId: string) => {
      const query = new URLSearchParams({ ...filters, delivery: deliveryId });
      return `${webhookPath(applicationId, webhookId)}?${query.toString()}`;
    },
    [applicationId, webhookId, filters],
  );
  const back = { to: `${within(applicationId)}/webhooks`, label: words.title };
  if (!data) {
    return (
      <Page title={words.title} back={back}>
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      </Page>
    );
  }
  const { webhook } = data.output;
  return (
    <Page
      title={webhook.url}
      isKey
      mark={<WebhookState webhook={webhook} />}
      about={webhook.description}
      back={back}
      actions={
        <Changes webhook={webhook} etag={data.etag} onTested={(deliveryId) => change({ delivery: deliveryId })} />
      }
    >
      <div className="lk-columns">
        <div>
          <DeliveryList webhook={webhook} state={filters.state} type={filters.type} onChange={change} pathTo={pathTo} />
        </div>
        <div>
          <WebhookFacts webhook={webhook} />
          <WebhookSecret webhook={webhook} />
          <WebhookDeeds webhook={webhook} />
        </div>
      </div>
      <DeliveryDetails webhook={webhook} deliveryId={filters.delivery} onClose={() => change({ delivery: "" })} />
    </Page>
  );
}

interface ChangesProps {
  readonly webhook: Webhook;
  readonly etag: string | undefined;
  readonly onTested: (deliveryId: string) => void;
}

function Changes({ webhook, etag, onTested }: ChangesProps) {
  /** The form is filled from what was there when it was opened, and says so when it saves. */
  const [edited, setEdited] = useState<{ readonly webhook: Webhook; readonly etag: string | undefined }>();
  const mayUpdate = useMay()("webhooks:update");
  const test = useChange("testWebhook", {
    refreshes: ["listWebhookDeliveries"],
    onDone: ({ delivery }) => {
      toast.done(words.test.done);
      onTested(delivery.id);
    },
  });
  if (!mayUpdate) return null;
  const isDisabled = webhook.state === "disabled";
  const { applicationId, id: webhookId } = webhook;
  const close = () => setEdited(undefined);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={() => setEdited({ webhook, etag })}
      >
        {words.edit.action}
      </Button>
      <Tooltip label={words.test.disabled} disabled={!isDisabled}>
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          loading={test.isPending}
          disabled={isDisabled}
          onClick={() =>
            test.mutate({ input: { applicationId, webhookId } }, { onError: (problem) => toast.failed(problem) })
          }
        >
          {words.test.action}
        </Button>
      </Tooltip>
      <Modal opened={edited !== undefined} onClose={close} title={words.edit.title} size="lg">
        {edited && <EditWebhook key={edited.etag} {...edited} onClose={close} onLoaded={setEdited} />}
      </Modal>
    </>
  );
}

function WebhookFacts({ webhook }: { readonly webhook: Webhook }) {
  const { eventTypes, createdAt, firstFailedAt, disabledAt, disabledBecause, state } = webhook;
  return (
    <Section title={words.state}>
      <Facts
        facts={[
          [words.events, eventTypes === "all" ? words.allEvents : <Tags key="events" tags={eventTypes} atMost={8} />],
          [words.failingSince, firstFailedAt !== undefined && <Instant at={firstFailedAt} />],
          [words.disabledSince, state === "disabled" && disabledAt !== undefined && <Instant at={disabledAt} />],
          [words.because, disabledBecause && words.becauses[disabledBecause]],
          [words.created, <Instant key="created" at={createdAt} />],
        ]}
      />
    </Section>
  );
}
