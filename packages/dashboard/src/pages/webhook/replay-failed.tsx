import { useState } from "react";
import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { now } from "#clock.ts";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";

const words = texts.webhooks.replayFailed;
const hourMs = 3_600_000;
const spans = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, ever: Infinity } as const;
const names = ["hour", "day", "week", "ever"] as const;

/** After a program was down for longer than it was waited for. */
export function ReplayFailed({ webhook }: { readonly webhook: Webhook }) {
  const [isOpen, setOpen] = useState(false);
  const [span, setSpan] = useState<(typeof names)[number]>("day");
  const replay = useChange("replayFailedDeliveries", {
    refreshes: ["listWebhookDeliveries", "showWebhookDelivery"],
    onDone: ({ replayed }) => {
      setOpen(false);
      toast.done(words.done(replayed));
    },
  });
  const submit = () =>
    replay.mutate({
      input: {
        applicationId: webhook.applicationId,
        webhookId: webhook.id,
        since: Math.max(0, now() - spans[span]),
      },
    });
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRepeat size={14} aria-hidden />}
        onClick={() => {
          replay.reset();
          setOpen(true);
        }}
      >
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={close} title={words.title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            <ul className="lk-consequences">
              {words.consequences.map((consequence) => (
                <li key={consequence}>{consequence}</li>
              ))}
            </ul>
            <Select
              label={words.since}
              allowDeselect={false}
              data={names.map((value) => ({ value, label: words.spans[value] }))}
              value={span}
              onChange={(chosen) => setSpan(names.find((name) => name === chosen) ?? "day")}
            />
            <ProblemLine error={replay.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" loading={replay.isPending}>
                {words.action}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
