import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { useChange } from "#api/use-change.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";
import type { Delivery } from "./delivery-state.tsx";

const words = texts.webhooks.replay;

interface Props {
  readonly webhook: Webhook;
  readonly delivery: Delivery;
  readonly isIcon?: boolean;
}

/** Sends a message once more; whoever gets it can tell that they know it. */
export function ReplayDelivery({ webhook, delivery, isIcon = false }: Props) {
  const replay = useChange("replayWebhookDelivery", {
    refreshes: ["listWebhookDeliveries", "showWebhookDelivery"],
    onDone: () => toast.done(words.done),
  });
  const send = () =>
    replay.mutate(
      { input: { applicationId: webhook.applicationId, webhookId: webhook.id, deliveryId: delivery.id } },
      { onError: (error) => toast.failed(error) },
    );
  const icon = <IconRepeat size={16} aria-hidden />;
  if (!isIcon)
    return (
      <Tooltip label={words.about}>
        <Button variant="default" leftSection={icon} loading={replay.isPending} onClick={send}>
          {words.action}
        </Button>
      </Tooltip>
    );
  return (
    <Tooltip label={words.action}>
      <ActionIcon aria-label={words.label(delivery.type)} loading={replay.isPending} onClick={send}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
