import { useState } from "react";
import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { type OperatorRole, operatorRoles } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { texts } from "#texts/texts.ts";
import { ShownLink } from "./shown-link.tsx";

const words = texts.operators;
const refreshes = ["listInvitations"] as const;

/** A button and its form, which ends with the link. */
export function InviteOperator() {
  const [isOpen, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<OperatorRole>("support");
  const invite = useChange("inviteOperator", { refreshes });
  const made = invite.data;
  const open = () => {
    setEmail("");
    setRole("support");
    invite.reset();
    setOpen(true);
  };
  const close = () => setOpen(false);
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
        {words.invite.action}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={made ? words.link.title.invitation : words.invite.title}
        closeOnClickOutside={!made}
        closeOnEscape={!made}
      >
        {made ? (
          <ShownLink
            kind="invitation"
            email={made.invitation.email}
            secret={made.secret}
            expiresAt={made.invitation.expiresAt}
            onDone={close}
          />
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              invite.mutate({ input: { email: email.trim(), role } });
            }}
          >
            <Stack>
              <TextInput
                label={words.invite.email}
                description={words.invite.emailHint}
                type="email"
                autoComplete="off"
                data-autofocus
                required
                withAsterisk={false}
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              <Radio.Group
                label={words.role}
                value={role}
                onChange={(chosen) => setRole(operatorRoles.find((each) => each === chosen) ?? "support")}
              >
                <Stack gap="xs" mt="xs">
                  {operatorRoles.map((each) => (
                    <Radio
                      key={each}
                      value={each}
                      label={texts.account.roles[each]}
                      description={words.roleAbout[each]}
                    />
                  ))}
                </Stack>
              </Radio.Group>
              <ProblemLine error={invite.error} />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  {texts.general.cancel}
                </Button>
                <Button type="submit" loading={invite.isPending}>
                  {words.invite.submit}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}
