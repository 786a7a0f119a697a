import { useState } from "react";
import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { RecoveryCodes } from "#second-factor/recovery-codes.tsx";
import { SecondFactorSetUp } from "#second-factor/second-factor-set-up.tsx";

const words = texts.account.factor;

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Password, code to scan, recovery codes: the way to a second factor. */
export function FactorDialog({ opened, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState<string>();
  const [codes, setCodes] = useState<readonly string[]>();
  const close = () => {
    setTyped("");
    setPassword(undefined);
    setCodes(undefined);
    onClose();
  };
  const finish = () => {
    toast.done(words.done);
    close();
  };
  const title = codes ? texts.welcome.factor.codesTitle : words.setUp;
  return (
    // The codes are shown once: they are not to be closed by a slip of the hand.
    <Modal opened={opened} onClose={close} title={title} closeOnClickOutside={!codes} closeOnEscape={!codes}>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={finish} />
      ) : password !== undefined ? (
        <SecondFactorSetUp password={password} onCodes={setCodes} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setPassword(typed);
          }}
        >
          <Stack>
            <PasswordInput
              label={words.passwordFirst}
              autoComplete="current-password"
              data-autofocus
              required
              withAsterisk={false}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {texts.general.cancel}
              </Button>
              <Button type="submit">{words.continue}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
