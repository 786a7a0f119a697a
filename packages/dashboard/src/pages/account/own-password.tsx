import { useState } from "react";
import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { PasswordStrength } from "#second-factor/password-strength.tsx";

const words = texts.account.password;
const required = { required: true, withAsterisk: false } as const;

export function OwnPassword() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={words.title} flush>
      <ul className="lk-rows">
        <li>
          <div className="lk-what">
            <p>{words.about}</p>
          </div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {words.change}
          </Button>
        </li>
      </ul>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.change}>
        <PasswordForm onDone={() => setOpen(false)} />
      </Modal>
    </Section>
  );
}

function PasswordForm({ onDone }: { readonly onDone: () => void }) {
  const form = useForm({ initialValues: { password: "", newPassword: "" } });
  const change = useChange("changeOwnPassword", {
    refreshes: ["listOwnSessions"],
    onDone: () => {
      toast.done(words.changed);
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit((input) => change.mutate({ input }))}>
      <Stack>
        <PasswordInput
          label={words.current}
          autoComplete="current-password"
          data-autofocus
          {...required}
          {...form.getInputProps("password")}
        />
        <div>
          <PasswordInput
            label={words.new}
            autoComplete="new-password"
            {...required}
            {...form.getInputProps("newPassword")}
          />
          <PasswordStrength password={form.values.newPassword} minLength={1} />
        </div>
        <ProblemLine error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {words.change}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
