import { useState } from "react";
import { Button, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChange } from "#api/use-change.ts";
import { ownOperatorKey } from "#api/own-operator-key.ts";
import { queryClient } from "#api/query-client.ts";
import { Mark } from "#parts/mark.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { OwnOperator } from "#shell/use-own-operator.ts";
import { FactorDialog } from "./factor-dialog.tsx";

const words = texts.account.factor;

export function OwnSecondFactor({ own: { operator, recoveryCodes } }: { readonly own: OwnOperator }) {
  const [dialog, setDialog] = useState<"set-up" | "remove">();
  const isOn = operator.secondFactor === "on";
  const close = () => {
    setDialog(undefined);
    void queryClient.invalidateQueries({ queryKey: ownOperatorKey });
  };
  return (
    <Section title={words.title} flush>
      <ul className="lk-rows">
        <li>
          <div className="lk-what">
            <Mark tone={isOn ? "good" : "warning"} text={isOn ? words.on : words.off} />
            <p>{isOn ? `${words.onAbout} ${words.codesLeft(recoveryCodes)}` : words.offAbout}</p>
          </div>
          {isOn ? (
            <Button variant="light" color="red" onClick={() => setDialog("remove")}>
              {words.remove}
            </Button>
          ) : (
            <Button onClick={() => setDialog("set-up")}>{words.setUp}</Button>
          )}
        </li>
      </ul>
      <FactorDialog opened={dialog === "set-up"} onClose={close} />
      <Modal opened={dialog === "remove"} onClose={close} title={words.remove}>
        <RemovalForm onDone={close} />
      </Modal>
    </Section>
  );
}

function RemovalForm({ onDone }: { readonly onDone: () => void }) {
  const form = useForm({ initialValues: { password: "", code: "" } });
  const remove = useChange("removeSecondFactor", {
    onDone: () => {
      toast.done(words.removed);
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit((input) => remove.mutate({ input }))}>
      <Stack>
        <p className="lk-section-about">{words.removeAbout}</p>
        <PasswordInput
          label={texts.account.password.current}
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
          {...form.getInputProps("password")}
        />
        <TextInput
          label={words.code}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          {...form.getInputProps("code")}
        />
        <ProblemLine error={remove.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            {words.remove}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
