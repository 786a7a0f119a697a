import { useState } from "react";
import { Button, Group, Stack } from "@mantine/core";
import { call } from "#api/call.ts";
import { ProblemError } from "#api/problem-error.ts";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { isComplete, type WebhookDraft, WebhookFields } from "#pages/webhooks/webhook-fields.tsx";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";
import { webhookAnswers } from "./webhook-answers.ts";

const words = texts.webhooks.edit;

interface Base {
  readonly webhook: Webhook;
  readonly etag: string | undefined;
}

interface Props extends Base {
  readonly onClose: () => void;
  /** What somebody else has made of it meanwhile, to begin with again. */
  readonly onLoaded: (base: Base) => void;
}

export function EditWebhook({ webhook, etag, onClose, onLoaded }: Props) {
  const { applicationId, id: webhookId, url, description = "", eventTypes } = webhook;
  const [draft, setDraft] = useState<WebhookDraft>({ url, description, eventTypes });
  const save = useChange("updateWebhook", {
    refreshes: webhookAnswers,
    onDone: () => {
      onClose();
      toast.done(words.done);
    },
  });
  const load = async () => {
    const { output, etag: current } = await call("showWebhook", { applicationId, webhookId });
    onLoaded({ webhook: output.webhook, etag: current });
  };
  const isOutdated = save.error instanceof ProblemError && save.error.code === "changedMeanwhile";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const said = { url: draft.url.trim(), description: draft.description.trim(), eventTypes: draft.eventTypes };
        save.mutate({ input: { applicationId, webhookId, ...said }, ifMatch: etag });
      }}
    >
      <Stack>
        <WebhookFields draft={draft} onChange={setDraft} />
        <ProblemLine error={save.error} />
        <Group justify="flex-end">
          {isOutdated && (
            <Button variant="light" onClick={() => void load().catch((error: unknown) => toast.failed(error))}>
              {texts.problems.loadCurrent}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={isOutdated || !isComplete(draft)}>
            {texts.general.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
