import { useState } from "react";
import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { CredentialsType } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { NewPassword } from "#parts/new-password.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { accountPath } from "#location/paths.ts";

const words = texts.accounts.create;
const login = "0";
const email = "1";

/** A button and its form. */
export function CreateAccount({ applicationId }: { readonly applicationId: string }) {
  const [isOpen, setOpen] = useState(false);
  const form = useForm({ initialValues: { kind: email, identity: "", password: "" } });
  const create = useChange("addAccount", {
    refreshes: ["listAccounts"],
    onDone: ({ account }) => {
      setOpen(false);
      toast.done(words.done);
      navigate(accountPath(applicationId, account.id));
    },
  });
  const open = () => {
    form.reset();
    create.reset();
    setOpen(true);
  };
  const isEmail = form.values.kind === email;
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.title}>
        <form
          onSubmit={form.onSubmit(({ identity, password }) => {
            const credentialsType = isEmail ? CredentialsType.EmailPassword : CredentialsType.LoginPassword;
            create.mutate({ input: { applicationId, credentialsType, identity: identity.trim(), password } });
          })}
        >
          <Stack>
            <SegmentedControl
              aria-label={words.kind}
              fullWidth
              data={[
                { value: email, label: words.kinds[email] },
                { value: login, label: words.kinds[login] },
              ]}
              {...form.getInputProps("kind")}
            />
            <TextInput
              label={isEmail ? words.email : words.login}
              type={isEmail ? "email" : "text"}
              autoComplete="off"
              data-autofocus
              required
              withAsterisk={false}
              {...form.getInputProps("identity")}
            />
            <NewPassword
              label={words.password}
              value={form.values.password}
              onChange={(password) => form.setFieldValue("password", password)}
            />
            <ProblemLine error={create.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {words.action}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
