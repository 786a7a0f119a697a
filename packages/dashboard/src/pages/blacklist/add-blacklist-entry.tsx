import { useState } from "react";
import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { useChange } from "#api/use-change.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { AffectedSessions } from "#pages/sessions/affected-sessions.tsx";
import { isAddress } from "./is-address.ts";

const words = texts.blacklist.add;
const said = texts.sessions.blacklist;
const kinds = ["client", "address"] as const;
type Kind = (typeof kinds)[number];
const changed: readonly RoutedName[] = ["listBlacklist", "findSessions"];
const typingMs = 300;

interface Props {
  readonly applicationId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AddBlacklistEntry({ applicationId, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.title}>
      <Form applicationId={applicationId} onClose={onClose} />
    </Modal>
  );
}

/** Says what it leads to while it is filled in, so that nothing has to be asked after it. */
function Form({ applicationId, onClose }: Omit<Props, "opened">) {
  const [kind, setKind] = useState<Kind>("client");
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const value = typed.trim();
  const [counted] = useDebouncedValue(value, typingMs);
  const maySee = useMay()("sessions:read");
  const refresh = useRefresh(changed);
  const add = useChange("addBlacklistEntry", {
    refreshes: changed,
    onDone: (_, entry) => {
      onClose();
      toast.done(said[entry.kind].done, async () => {
        await call("removeBlacklistEntry", entry);
        toast.done(said.undone);
        await refresh();
      });
    },
  });
  const isWrong = kind === "address" && value !== "" && !isAddress(value);
  const isReady = value !== "" && !isWrong;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const because = reason.trim();
        if (isReady) add.mutate({ input: { applicationId, kind, value }, ...(because !== "" && { reason: because }) });
      }}
    >
      <Stack>
        <SegmentedControl
          aria-label={texts.blacklist.kind}
          data={kinds.map((each) => ({ value: each, label: texts.blacklist.kinds[each] }))}
          value={kind}
          onChange={(chosen) => setKind(kinds.find((each) => each === chosen) ?? "client")}
        />
        <TextInput
          label={texts.blacklist.kinds[kind]}
          description={words.hints[kind]}
          error={isWrong && counted === value && words.addressInvalid}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          classNames={{ input: "lk-key" }}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TextInput
          label={texts.general.reason}
          placeholder={texts.general.reasonHint}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ul className="lk-consequences">
          {[...said.consequences, ...(kind === "address" ? [said.sharedAddress] : [])].map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
        {maySee && isReady && counted === value && (
          <Text size="sm">
            <AffectedSessions applicationId={applicationId} kind={kind} value={counted} />
          </Text>
        )}
        <ProblemLine error={add.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" color="red" loading={add.isPending} disabled={!isReady}>
            {words.submit[kind]}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
