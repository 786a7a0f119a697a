import { useState } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { OutputOf } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { webhookPath } from "#location/paths.ts";
import { isComplete, type WebhookDraft, WebhookFields } from "./webhook-fields.tsx";

const words = texts.webhooks.create;
const blank: WebhookDraft = { url: "", description: "", eventTypes: "all" };

interface Props {
  readonly applicationId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A form, then the secret of what was made. It is of the page: what is shown once must not go with an empty list. */
export function CreateWebhook({ applicationId, opened, onClose }: Props) {
  const [draft, setDraft] = useState(blank);
  const create = useChange("createWebhook", { refreshes: ["listWebhooks"] });
  const made = create.data;
  const begin = () => {
    setDraft(blank);
    create.reset();
  };
  const submit = () => {
    const { url, description, eventTypes } = draft;
    const said = description.trim();
    create.mutate({
      input: { applicationId, url: url.trim(), eventTypes, ...(said !== "" && { description: said }) },
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={begin}
      title={made ? words.doneTitle : words.title}
      size="lg"
      // A secret is not lost by a click beside it.
      closeOnClickOutside={!made}
    >
      {made ? (
        <Created made={made} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            <WebhookFields draft={draft} onChange={setDraft} />
            <ProblemLine error={create.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" loading={create.isPending} disabled={!isComplete(draft)}>
                {words.action}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Created({ made: { webhook, secret } }: { readonly made: OutputOf<"createWebhook"> }) {
  return (
    <Stack>
      <Text size="sm">{words.doneAbout}</Text>
      <SecretText text={secret} what={words.secret} />
      <Group justify="flex-end">
        <Button data-autofocus onClick={() => navigate(webhookPath(webhook.applicationId, webhook.id))}>
          {words.open}
        </Button>
      </Group>
    </Stack>
  );
}
