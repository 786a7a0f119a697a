import { Drawer, Group, Stack, Title } from "@mantine/core";
import type { OutputOf } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { CopyButton } from "#parts/copy-button.tsx";
import { Facts } from "#parts/facts.tsx";
import { Instant } from "#parts/instant.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { aboutEvent } from "#pages/webhooks/event-groups.ts";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";
import { DeliveryState } from "./delivery-state.tsx";
import { ReplayDelivery } from "./replay-delivery.tsx";

const words = texts.webhooks.delivery;
const lookAgainMs = 2_000;

type Shown = OutputOf<"showWebhookDelivery">;

interface Props {
  readonly webhook: Webhook;
  readonly deliveryId: string | undefined;
  readonly onClose: () => void;
}

/** One message beside the list: what is sent, and how each attempt ended. */
export function DeliveryDetails({ webhook, deliveryId, onClose }: Props) {
  return (
    <Drawer opened={deliveryId !== undefined} onClose={onClose} title={words.title} size="lg">
      {deliveryId !== undefined && <Looked webhook={webhook} deliveryId={deliveryId} />}
    </Drawer>
  );
}

function Looked({ webhook, deliveryId }: { readonly webhook: Webhook; readonly deliveryId: string }) {
  const { data, error, refetch } = useAnswer(
    "showWebhookDelivery",
    { applicationId: webhook.applicationId, webhookId: webhook.id, deliveryId },
    { refetchInterval: lookAgainMs },
  );
  const mayReplay = useMay()("webhooks:update") && webhook.state === "enabled";
  if (!data) return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />;
  const { delivery, body, attempts } = data.output;
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          [
            texts.webhooks.deliveries.event,
            <span key="event">
              <span className="lk-key">{delivery.type}</span>
              <br />
              <span className="lk-quiet">{aboutEvent(delivery.type)}</span>
            </span>,
          ],
          [texts.webhooks.state, <DeliveryState key="state" delivery={delivery} />],
          [texts.webhooks.deliveries.when, <Instant key="when" at={delivery.createdAt} />],
          [texts.webhooks.deliveries.next, delivery.dueAt !== undefined && <Instant at={delivery.dueAt} />],
          [
            words.id,
            <Group key="id" gap={4} wrap="nowrap">
              <span className="lk-key">{delivery.id}</span>
              <CopyButton text={delivery.id} what={words.id} />
            </Group>,
          ],
        ]}
      />
      {mayReplay && (
        <div>
          <ReplayDelivery webhook={webhook} delivery={delivery} />
        </div>
      )}
      <section aria-label={words.attempts}>
        <Title order={3} mb="xs">
          {words.attempts}
        </Title>
        <Attempts attempts={attempts} />
      </section>
      <section aria-label={words.body}>
        <Group justify="space-between" mb={4}>
          <Title order={3}>{words.body}</Title>
          <CopyButton text={body} what={words.body} />
        </Group>
        <pre className="lk-compared" tabIndex={0}>
          {readable(body)}
        </pre>
      </section>
    </Stack>
  );
}

function Attempts({ attempts }: Pick<Shown, "attempts">) {
  if (attempts.length === 0) return <span className="lk-quiet">{words.noAttempt}</span>;
  return (
    <ol className="lk-attempts">
      {attempts.map(({ number, at, durationMs, status, answer, error }) => (
        <li key={number}>
          <div className="lk-attempt-head">
            <strong>
              {words.attempt(number)}
              {status !== undefined && `: ${status}`}
            </strong>
            <span className="lk-quiet lk-numbers">
              <Instant at={at} /> · {words.took(durationMs)}
            </span>
          </div>
          {error !== undefined && <div className="lk-quiet">{error}</div>}
          {answer !== undefined && answer !== "" ? (
            <pre className="lk-compared" aria-label={words.answer} tabIndex={0}>
              {answer}
            </pre>
          ) : (
            status !== undefined && <div className="lk-quiet">{words.noAnswer}</div>
          )}
        </li>
      ))}
    </ol>
  );
}

function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
