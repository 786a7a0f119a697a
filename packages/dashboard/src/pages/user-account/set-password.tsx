import { useState } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useChange } from "#api/use-change.ts";
import { NewPassword } from "#parts/new-password.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { accountAnswers } from "../accounts/account-deeds.ts";
import { SessionsNow } from "./sessions-now.tsx";

const words = texts.accounts.actions.password;

interface Props {
  readonly applicationId: string;
  readonly accountId: string;
  readonly etag: string | undefined;
}

export function SetPassword({ applicationId, accountId, etag }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const set = useChange("setAccountPassword", {
    refreshes: accountAnswers,
    onDone: () => {
      setOpen(false);
      toast.done(words.done);
    },
  });
  const open = () => {
    setPassword("");
    set.reset();
    setOpen(true);
  };
  return (
    <li>
      <div className="lk-what">
        <p>{words.about}</p>
      </div>
      <Button variant="default" onClick={open}>
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate({ input: { applicationId, accountId, password }, ifMatch: etag });
          }}
        >
          <Stack>
            <Text size="sm">
              {words.consequence} <SessionsNow applicationId={applicationId} accountId={accountId} />
            </Text>
            <NewPassword label={words.new} value={password} onChange={setPassword} />
            <ProblemLine error={set.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" disabled={password === ""} loading={set.isPending}>
                {words.action}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </li>
  );
}
