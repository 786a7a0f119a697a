import { useState } from "react";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconEye, IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { Instant } from "#parts/instant.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";
import { webhookAnswers } from "./webhook-answers.ts";

const words = texts.webhooks.secret;

/** What messages are signed with, for who asks for it. */
export function WebhookSecret({ webhook }: { readonly webhook: Webhook }) {
  const [secret, setSecret] = useState<string>();
  const mayUpdate = useMay()("webhooks:update");
  const refresh = useRefresh(webhookAnswers);
  const { previousSecretUntil } = webhook;
  const named = { applicationId: webhook.applicationId, webhookId: webhook.id };
  const reveal = useMutation({
    mutationFn: () => call("revealWebhookSecret", named),
    onSuccess: ({ output }) => setSecret(output.secret),
    onError: (error) => toast.failed(error),
  });
  const rotate = () =>
    confirm({
      title: words.rotateTitle,
      consequences: words.rotateConsequences,
      action: words.rotate,
      asksReason: true,
      onConfirm: async (reason) => {
        const { output } = await call("rotateWebhookSecret", named, { idempotencyKey: newKey(), reason });
        setSecret(output.secret);
        toast.done(words.rotated);
        await refresh();
      },
    });
  if (!mayUpdate) return null;
  return (
    <Section title={words.title} about={words.about}>
      <Stack gap="sm">
        {secret !== undefined && <SecretText text={secret} what={words.title} />}
        {previousSecretUntil !== undefined && (
          <Text size="sm" c="dimmed">
            {words.previous} <Instant at={previousSecretUntil} />
          </Text>
        )}
        <Group gap="xs">
          {secret === undefined && (
            <Button
              variant="default"
              leftSection={<IconEye size={16} aria-hidden />}
              loading={reveal.isPending}
              onClick={() => reveal.mutate()}
            >
              {words.reveal}
            </Button>
          )}
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={rotate}>
            {words.rotate}
          </Button>
        </Group>
        <details className="lk-details">
          <summary>{words.verify}</summary>
          <p>{words.verifyAbout}</p>
          <pre className="lk-compared" tabIndex={0}>
            {words.example}
          </pre>
        </details>
      </Stack>
    </Section>
  );
}
