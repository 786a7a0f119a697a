import { useState } from "react";
import { Button, Group, Modal, Text } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { ListCard } from "#list/list-card.tsx";
import { confirm } from "#parts/confirm.tsx";
import { Notice } from "#parts/notice.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { ProviderForm } from "./provider-form.tsx";
import type { Provider } from "./provider-values.ts";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications.providers;

export function ProvidersTab({ application: { id: applicationId } }: TabProps) {
  const query = useAnswer("listProviders", { applicationId });
  const [edited, setEdited] = useState<Provider | "new">();
  const mayChange = useMay()("applications:update");
  const remove = useChange("removeProvider", { refreshes: ["listProviders"], onDone: () => toast.done(words.deleted) });
  const providers = query.data?.output.providers ?? [];
  const ask = (name: string) =>
    confirm({
      title: words.deleteTitle(name),
      consequences: words.deleteConsequences,
      action: words.delete,
      asksReason: true,
      onConfirm: (reason) => remove.mutateAsync({ input: { applicationId, name }, reason }),
    });
  const add = mayChange && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited("new")}>
      {words.add}
    </Button>
  );
  return (
    <Section title={words.title} about={words.about} actions={add} flush>
      <ListCard
        isPlain
        query={query}
        count={providers.length}
        empty={<Notice icon={IconUsersGroup} title={words.emptyTitle} about={words.emptyAbout} />}
      >
        <ul className="lk-rows">
          {providers.map((provider) => (
            <li key={provider.name}>
              <div className="lk-what">
                <strong>{provider.name}</strong>
                <p>{words.kinds[provider.settings.kind]}</p>
                <Text size="xs" c="dimmed" mt="xs" mb={4}>
                  {words.callback}: {words.callbackHint}
                </Text>
                <SecretText text={provider.callbackUrl} what={words.callback} />
              </div>
              {mayChange && (
                <Group gap={4}>
                  <Button size="xs" variant="default" onClick={() => setEdited(provider)}>
                    {words.edit}
                  </Button>
                  <Button size="xs" variant="subtle" color="red" onClick={() => ask(provider.name)}>
                    {words.delete}
                  </Button>
                </Group>
              )}
            </li>
          ))}
        </ul>
      </ListCard>
      <Modal
        opened={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={edited === "new" ? words.add : words.edit}
      >
        <ProviderForm
          applicationId={applicationId}
          provider={edited === "new" ? undefined : edited}
          onDone={() => setEdited(undefined)}
        />
      </Modal>
    </Section>
  );
}
