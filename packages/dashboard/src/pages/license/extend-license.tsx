import { useState } from "react";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useChange } from "#api/use-change.ts";
import { DurationField, type DurationValue, durationMs } from "#parts/duration-field.tsx";
import { spanText } from "#parts/format-time.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { License } from "./license-facts.tsx";

const words = texts.licenses.actions.extend;
const aMonth: DurationValue = { amount: 30, unit: "days" };

interface Props {
  readonly license: License;
  readonly etag: string | undefined;
}

export function ExtendLicense({ license, etag }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [span, setSpan] = useState(aMonth);
  const isEndless = license.durationMs === undefined;
  const extend = useChange("extendLicense", {
    refreshes: ["showLicense", "listLicenses", "listAudit"],
    onDone: (_, { durationMs: ms }) => {
      setOpen(false);
      toast.done(words.done(spanText(ms)));
    },
  });
  return (
    <li>
      <div className="lk-what">
        <p>{isEndless ? words.lifetime : words.about}</p>
      </div>
      <Button
        variant="default"
        disabled={isEndless}
        onClick={() => {
          extend.reset();
          setOpen(true);
        }}
      >
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const input = { applicationId: license.applicationId, license: license.id };
            extend.mutate({ input: { ...input, durationMs: durationMs(span) ?? 0 }, ifMatch: etag });
          }}
        >
          <Stack>
            <DurationField
              label={texts.licenses.create.duration}
              description={words.hint}
              value={span}
              onChange={setSpan}
            />
            <ProblemLine error={extend.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" loading={extend.isPending}>
                {words.submit}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </li>
  );
}
