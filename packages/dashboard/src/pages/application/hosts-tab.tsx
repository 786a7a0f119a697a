import { useState } from "react";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { clientKeyKinds } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { ListCard } from "#list/list-card.tsx";
import { AddRow } from "#parts/add-row.tsx";
import { confirm } from "#parts/confirm.tsx";
import { Notice } from "#parts/notice.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications.hosts;
const kinds = texts.applications.keys.kinds;
const refreshes = ["listHosts"] as const;

export function HostsTab({ application: { id: applicationId } }: TabProps) {
  const query = useAnswer("listHosts", { applicationId });
  const [host, setHost] = useState("");
  const [keyKind, setKeyKind] = useState<(typeof clientKeyKinds)[number]>("JS");
  const mayChange = useMay()("applications:update");
  const add = useChange("bindHost", {
    refreshes,
    onDone: () => {
      setHost("");
      toast.done(words.added);
    },
  });
  const remove = useChange("unbindHost", { refreshes, onDone: () => toast.done(words.deleted) });
  const hosts = query.data?.output.hosts ?? [];
  const ask = (name: string) =>
    confirm({
      title: words.deleteTitle(name),
      consequences: words.deleteConsequences,
      action: words.delete,
      asksReason: true,
      onConfirm: (reason) => remove.mutateAsync({ input: { applicationId, host: name }, reason }),
    });
  return (
    <Section title={words.title} about={words.about} flush>
      {mayChange && (
        <AddRow
          action={words.add}
          running={add.isPending}
          error={add.error}
          isComplete={host.trim() !== ""}
          onSubmit={() => add.mutate({ input: { applicationId, host: host.trim(), keyKind } })}
        >
          <TextInput
            label={words.host}
            placeholder="users.example.com"
            w="16rem"
            value={host}
            onChange={(event) => setHost(event.currentTarget.value)}
          />
          <NativeSelect
            label={words.keyKind}
            data={clientKeyKinds.map((kind) => ({ value: kind, label: kinds[kind] }))}
            value={keyKind}
            onChange={(event) => setKeyKind(clientKeyKinds.find((kind) => kind === event.currentTarget.value) ?? "JS")}
          />
        </AddRow>
      )}
      <ListCard
        isPlain
        query={query}
        count={hosts.length}
        empty={<Notice icon={IconWorld} title={words.emptyTitle} about={words.emptyAbout} />}
      >
        <ul className="lk-rows">
          {hosts.map(({ host: name, keyKind: kind }) => (
            <li key={name}>
              <div className="lk-what">
                <strong>{name}</strong>
                <p>{kinds[kind]}</p>
              </div>
              {mayChange && (
                <Button size="xs" variant="subtle" color="red" onClick={() => ask(name)}>
                  {words.delete}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </ListCard>
    </Section>
  );
}
