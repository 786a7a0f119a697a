import { Button, Group, NativeSelect, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { type PropertyType, propertyTypes } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { AccountColumn } from "./account-column.ts";
import { readJson } from "./read-json.ts";

const words = texts.applications.columns;

interface Values {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly defaultValue: string;
}

interface Props {
  readonly applicationId: string;
  /** Absent: a new one. */
  readonly column: AccountColumn | undefined;
  readonly onDone: () => void;
}

export function ColumnForm({ applicationId, column, onDone }: Props) {
  const kept = column?.defaultValue ?? null;
  const form = useForm<Values>({
    initialValues: {
      name: column?.name ?? "",
      type: column?.type ?? "STRING",
      required: column?.required ?? false,
      unique: column?.unique ?? false,
      defaultValue: kept === null ? "" : JSON.stringify(kept),
    },
    validate: { defaultValue: (text) => (readJson(text) === undefined ? words.defaultInvalid : null) },
  });
  const save = useChange("setColumn", {
    refreshes: ["listColumns"],
    onDone: () => {
      toast.done(words.saved);
      onDone();
    },
  });
  const submit = ({ name, type, defaultValue, required, unique }: Values) => {
    const propertyType: PropertyType = propertyTypes.find((each) => each === type) ?? "STRING";
    const value = readJson(defaultValue);
    const input = { applicationId, name: name.trim(), type: propertyType, required, unique, defaultValue: value };
    save.mutate({ input });
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TextInput
          label={words.name}
          required
          withAsterisk={false}
          readOnly={column !== undefined}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <NativeSelect
          label={words.type}
          data={propertyTypes.map((type) => ({ value: type, label: words.types[type] }))}
          {...form.getInputProps("type")}
        />
        <Switch
          label={words.required}
          description={words.requiredHint}
          {...form.getInputProps("required", { type: "checkbox" })}
        />
        <Switch
          label={words.unique}
          description={words.uniqueHint}
          {...form.getInputProps("unique", { type: "checkbox" })}
        />
        <TextInput label={words.defaultValue} description={words.defaultHint} {...form.getInputProps("defaultValue")} />
        <ProblemLine error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
