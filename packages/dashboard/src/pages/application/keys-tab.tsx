import { useState } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type KeyKind, keyKinds } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { confirm } from "#parts/confirm.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { KeyRow } from "./key-row.tsx";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications.keys;
const refreshes = ["showApplication", "listApplications"] as const;

/** Every key of the application. The BL key is seen only when it is made. */
export function KeysTab({ application }: TabProps) {
  const { id: applicationId, websocketApiKey, apiKeys } = application;
  const [secret, setSecret] = useState<string>();
  const may = useMay();
  const show = (keys: Partial<Record<KeyKind, string>>) => setSecret(keys.BL);
  const renew = useChange("renewApiKey", {
    refreshes,
    onDone: ({ application: { apiKeys: keys } }, { keyKind }) => {
      toast.done(words.renewed);
      if (keyKind === "BL") show(keys);
    },
  });
  const revoke = useChange("revokeApiKey", { refreshes, onDone: () => toast.done(words.revokedDone) });
  const rotate = useChange("rotateApplicationKeys", {
    refreshes,
    onDone: ({ application: { apiKeys: keys } }) => {
      toast.done(words.rotated);
      show(keys);
    },
  });
  const rotateAll = () =>
    confirm({
      title: words.rotateTitle,
      consequences: words.rotateConsequences,
      action: words.rotate,
      typedName: application.name,
      asksReason: true,
      onConfirm: (reason) => rotate.mutateAsync({ input: { applicationId }, reason }),
    });
  return (
    <Stack gap="lg">
      <Section title={words.websocketTitle} about={words.websocketAbout}>
        <SecretText text={websocketApiKey} what={words.websocket} concealed />
      </Section>
      <Section title={words.title} about={words.about} flush>
        <ul className="lk-rows">
          {keyKinds.map((kind) => (
            <KeyRow
              key={kind}
              kind={kind}
              text={apiKeys[kind]}
              mayChange={may("applications:update")}
              onRenew={(reason) => renew.mutateAsync({ input: { applicationId, keyKind: kind }, reason })}
              onRevoke={(reason) => revoke.mutateAsync({ input: { applicationId, keyKind: kind }, reason })}
            />
          ))}
        </ul>
      </Section>
      {may("applications:update") && (
        <Section title={words.rotate} danger flush>
          <ul className="lk-rows">
            <li>
              <div className="lk-what">
                <p>{words.rotateAbout}</p>
              </div>
              <Button variant="light" color="red" onClick={rotateAll}>
                {words.rotate}
              </Button>
            </li>
          </ul>
        </Section>
      )}
      <Modal opened={secret !== undefined} onClose={() => setSecret(undefined)} title={words.newSecretTitle}>
        <Stack>
          <Text size="sm">{words.newSecretAbout}</Text>
          <SecretText text={secret ?? ""} what={words.kinds.BL} />
          <Group justify="flex-end">
            <Button onClick={() => setSecret(undefined)}>{texts.general.done}</Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
