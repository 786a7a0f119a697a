import { Button, Group, PasswordInput, SegmentedControl, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { type Provider, type ProviderValues, providerValues, settingsFrom } from "./provider-values.ts";

const words = texts.applications.providers;
const addresses = ["authorizationUrl", "tokenUrl", "userInfoUrl"] as const;

interface Props {
  readonly applicationId: string;
  /** Absent: a new one. */
  readonly provider: Provider | undefined;
  readonly onDone: () => void;
}

export function ProviderForm({ applicationId, provider, onDone }: Props) {
  const form = useForm<ProviderValues>({ initialValues: providerValues(provider) });
  const save = useChange("addProvider", {
    refreshes: ["listProviders"],
    onDone: () => {
      toast.done(words.saved);
      onDone();
    },
  });
  const submit = (values: ProviderValues) =>
    save.mutate({
      input: {
        applicationId,
        name: values.name.trim(),
        settings: settingsFrom(values, provider),
        ...(values.clientSecret !== "" && { clientSecret: values.clientSecret }),
      },
    });
  const plain = { required: true, withAsterisk: false } as const;
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TextInput
          label={words.name}
          description={words.nameHint}
          readOnly={provider !== undefined}
          data-autofocus
          {...plain}
          {...form.getInputProps("name")}
        />
        <SegmentedControl
          aria-label={words.kind}
          data={[
            { value: "oidc", label: words.kinds.oidc },
            { value: "oauth2", label: words.kinds.oauth2 },
          ]}
          {...form.getInputProps("kind")}
        />
        {form.values.kind === "oidc" ? (
          <TextInput label={words.issuer} description={words.issuerHint} {...plain} {...form.getInputProps("issuer")} />
        ) : (
          addresses.map((name) => (
            <TextInput key={name} label={words[name]} type="url" {...plain} {...form.getInputProps(name)} />
          ))
        )}
        <TextInput label={words.clientId} {...plain} {...form.getInputProps("clientId")} />
        <PasswordInput
          label={words.clientSecret}
          description={words.clientSecretHint}
          autoComplete="off"
          {...form.getInputProps("clientSecret")}
        />
        <TagsInput label={words.scopes} {...form.getInputProps("scopes")} />
        <Switch
          label={words.trustEmail}
          description={words.trustEmailHint}
          {...form.getInputProps("trustEmail", { type: "checkbox" })}
        />
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
