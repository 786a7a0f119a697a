import { Button, Group, Stack, Switch, TagsInput, TextInput, NumberInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { OutputOf } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { DurationField, type DurationValue, durationMs } from "#parts/duration-field.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.licenses.create;
const countAtMost = 1_000_000;
/** More of them are made by a job: their keys do not come back in one answer. */
const atOnceAtMost = 1_000;
const maxLevelLength = 64;

/** What came of it: the licenses, or who is making them. */
export type Created = OutputOf<"createLicenses"> | OutputOf<"startBulkJob">;

interface Values {
  readonly count: number | string;
  readonly duration: DurationValue;
  readonly levels: string[];
  readonly seats: number | string;
  readonly comment: string;
  readonly bindsClient: boolean;
}

interface Props {
  readonly applicationId: string;
  readonly onCreated: (created: Created) => void;
  readonly onCancel: () => void;
}

/** What the new licenses are worth, and how many there shall be. */
export function LicensePlanForm({ applicationId, onCreated, onCancel }: Props) {
  const form = useForm<Values>({
    initialValues: {
      count: 1,
      duration: { amount: 30, unit: "days" },
      levels: [],
      seats: "",
      comment: "",
      bindsClient: false,
    },
  });
  const create = useChange("createLicenses", { refreshes: ["listLicenses"], onDone: onCreated });
  const begin = useChange("startBulkJob", { onDone: onCreated });
  const submit = ({ count, duration, levels, seats, comment, bindsClient }: Values) => {
    const ms = durationMs(duration);
    const plan = {
      count: Number(count),
      bindsClient,
      ...(ms !== undefined && { durationMs: ms }),
      ...(levels.length > 0 && { levels }),
      ...(seats !== "" && { seats: Number(seats) }),
      ...(comment.trim() !== "" && { comment: comment.trim() }),
    };
    if (plan.count <= atOnceAtMost) create.mutate({ input: { applicationId, ...plan } });
    else begin.mutate({ input: { applicationId, kind: "createLicenses", create: plan } });
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <NumberInput
          label={words.count}
          min={1}
          max={countAtMost}
          allowDecimal={false}
          thousandSeparator=","
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps("count")}
        />
        <DurationField
          label={words.duration}
          description={words.durationHint}
          mayBeForever
          value={form.values.duration}
          onChange={(duration) => form.setFieldValue("duration", duration)}
        />
        <TagsInput
          label={words.levels}
          description={words.levelsHint}
          maxLength={maxLevelLength}
          {...form.getInputProps("levels")}
        />
        <NumberInput
          label={words.seats}
          description={words.seatsHint}
          min={1}
          allowDecimal={false}
          {...form.getInputProps("seats")}
        />
        <TextInput label={words.comment} description={words.commentHint} {...form.getInputProps("comment")} />
        <Switch
          label={words.binds}
          description={words.bindsHint}
          {...form.getInputProps("bindsClient", { type: "checkbox" })}
        />
        <ProblemLine error={create.error ?? begin.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" loading={create.isPending || begin.isPending}>
            {words.submit(Number(form.values.count) || 1)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
