import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { useFilters } from "#location/use-filters.ts";

const words = texts.applications.create;

/** A button and its form. It opens by the address too, so that other pages can lead to it. */
export function CreateApplication() {
  const [filters, change] = useFilters(["new"]);
  const form = useForm({ initialValues: { name: "", version: "" } });
  const create = useChange("createApplication", { refreshes: ["listApplications"] });
  const close = () => {
    change({ new: undefined });
    form.reset();
    create.reset();
  };
  const made = create.data?.application;
  const submit = ({ name, version }: typeof form.values) =>
    create.mutate({ input: { name: name.trim(), ...(version.trim() !== "" && { version: version.trim() }) } });
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ new: "1" })}>
        {words.action}
      </Button>
      <Modal opened={filters.new !== undefined} onClose={close} title={made ? words.done : words.title}>
        {made ? (
          <Stack>
            <Text size="sm">{words.doneAbout}</Text>
            {made.apiKeys.BL !== undefined && (
              <SecretText text={made.apiKeys.BL} what={texts.applications.keys.kinds.BL} />
            )}
            <Group justify="flex-end">
              <Button
                data-autofocus
                onClick={() => navigate(`/applications/${encodeURIComponent(made.id)}/settings/keys`)}
              >
                {words.goOn}
              </Button>
            </Group>
          </Stack>
        ) : (
          <form onSubmit={form.onSubmit(submit)}>
            <Stack>
              <TextInput
                label={texts.applications.name}
                description={words.nameHint}
                data-autofocus
                required
                withAsterisk={false}
                {...form.getInputProps("name")}
              />
              <TextInput
                label={texts.applications.version}
                description={words.versionHint}
                placeholder="1.0"
                {...form.getInputProps("version")}
              />
              <ProblemLine error={create.error} />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  {texts.general.cancel}
                </Button>
                <Button type="submit" loading={create.isPending}>
                  {words.submit}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}
