import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { OutputOf } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { texts } from "#texts/texts.ts";
import { PasswordStrength } from "#second-factor/password-strength.tsx";
import { WelcomeCard } from "./welcome-card.tsx";

const words = texts.welcome.link;

interface Props {
  readonly secret: string;
  readonly link: OutputOf<"showInvitation">;
  readonly onDone: (password: string) => void;
}

/** Who one is and by which password; what the link says already is not asked again. */
export function LinkForm({ secret, link, onDone }: Props) {
  const { kind, email, role, secondFactor, passwordMinLength } = link;
  const form = useForm({ initialValues: { email: "", name: "", password: "", code: "" } });
  const accept = useChange("acceptInvitation", { onDone: (_, { password }) => onDone(password) });
  const [title, about, action] = {
    setUp: [words.setUpTitle, words.setUpAbout, words.setUpAction],
    invitation: [words.invitationTitle(texts.account.roles[role]), words.invitationAbout, words.invitationAction],
    passwordReset: [words.resetTitle, words.resetAbout(email ?? ""), words.resetAction],
  }[kind];
  const submit = ({ email: given, name, password, code }: typeof form.values) => {
    accept.mutate({
      input: {
        secret,
        password,
        ...(kind === "setUp" && { email: given.trim() }),
        ...(kind !== "passwordReset" && { name: name.trim() }),
        ...(secondFactor === "on" && { code: code.trim() }),
      },
    });
  };
  return (
    <WelcomeCard title={title ?? ""} about={about}>
      <form onSubmit={form.onSubmit(submit)}>
        <Stack>
          {kind !== "passwordReset" && (
            <TextInput
              label={words.name}
              description={words.nameHint}
              autoComplete="name"
              autoFocus
              required
              withAsterisk={false}
              {...form.getInputProps("name")}
            />
          )}
          <TextInput
            label={texts.welcome.signIn.email}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            {...(kind === "setUp" ? form.getInputProps("email") : { value: email ?? "", readOnly: true })}
          />
          <div>
            <PasswordInput
              label={words.password}
              description={words.passwordAtLeast(passwordMinLength)}
              autoComplete="new-password"
              required
              withAsterisk={false}
              {...form.getInputProps("password")}
            />
            <PasswordStrength password={form.values.password} minLength={passwordMinLength} />
          </div>
          {secondFactor === "on" && (
            <TextInput label={words.code} autoComplete="one-time-code" required {...form.getInputProps("code")} />
          )}
          <ProblemLine error={accept.error} />
          <Button type="submit" fullWidth mt="xs" loading={accept.isPending}>
            {action}
          </Button>
        </Stack>
      </form>
    </WelcomeCard>
  );
}
