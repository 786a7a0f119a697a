import { useState } from "react";
import { Button, Code, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChange } from "#api/use-change.ts";
import { ownOperatorKey } from "#api/own-operator-key.ts";
import { ProblemError } from "#api/problem-error.ts";
import { queryClient } from "#api/query-client.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { texts } from "#texts/texts.ts";
import { CodeStep } from "./code-step.tsx";
import { WelcomeCard } from "./welcome-card.tsx";

const words = texts.welcome.signIn;

/** Shown at whatever address somebody came to; signed in, it is shown. */
export function SignInPage() {
  const form = useForm({ initialValues: { email: "", password: "" } });
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useChange("signIn", {
    onDone: () => void queryClient.invalidateQueries({ queryKey: ownOperatorKey }),
  });
  const attempt = (code?: string) => {
    const input = { ...form.getValues(), ...(code !== undefined && { code }) };
    const onError = (error: Error) => {
      if (!(error instanceof ProblemError) || error.code !== "secondFactorRequired") return;
      signIn.reset();
      setNeedsCode(true);
    };
    signIn.mutate({ input }, { onError });
  };
  if (needsCode) {
    const startOver = () => {
      signIn.reset();
      form.setFieldValue("password", "");
      setNeedsCode(false);
    };
    return <CodeStep running={signIn.isPending} error={signIn.error} onCode={attempt} onStartOver={startOver} />;
  }
  const foot = (
    <Text size="xs" c="dimmed" ta="center" maw="26rem">
      {words.forgotten} <Code>{words.forgottenCommand}</Code>
    </Text>
  );
  return (
    <WelcomeCard title={words.title} about={words.about} foot={foot}>
      <form onSubmit={form.onSubmit(() => attempt())}>
        <Stack>
          <TextInput
            label={words.email}
            type="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps("password")}
          />
          <ProblemLine error={signIn.error} />
          <Button type="submit" fullWidth mt="xs" loading={signIn.isPending}>
            {words.action}
          </Button>
        </Stack>
      </form>
    </WelcomeCard>
  );
}
