import { useState } from "react";
import { Anchor, Button, Group, Stack, TextInput } from "@mantine/core";
import { ProblemLine } from "#parts/problem-line.tsx";
import { CodeField, codeDigits } from "#second-factor/code-field.tsx";
import { texts } from "#texts/texts.ts";
import { WelcomeCard } from "./welcome-card.tsx";

const words = texts.welcome.signIn;

interface Props {
  readonly running: boolean;
  readonly error: unknown;
  readonly onCode: (code: string) => void;
  readonly onStartOver: () => void;
}

/** The second step of signing in: a code of the authenticator, or a recovery code. */
export function CodeStep({ running, error, onCode, onStartOver }: Props) {
  const [code, setCode] = useState("");
  const [usesRecovery, setUsesRecovery] = useState(false);
  const isComplete = usesRecovery ? code.trim() !== "" : code.length === codeDigits;
  return (
    <WelcomeCard title={words.codeTitle} about={usesRecovery ? words.recoveryAbout : words.codeAbout}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) onCode(code.trim());
        }}
      >
        <Stack>
          {usesRecovery ? (
            <TextInput
              label={words.recoveryCode}
              autoComplete="off"
              autoFocus
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          ) : (
            <CodeField label={words.code} value={code} onChange={setCode} onComplete={onCode} />
          )}
          <ProblemLine error={error} />
          <Button type="submit" fullWidth loading={running} disabled={!isComplete}>
            {words.continue}
          </Button>
          <Group justify="space-between">
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setCode("");
                setUsesRecovery(!usesRecovery);
              }}
            >
              {usesRecovery ? words.useAuthenticator : words.useRecovery}
            </Anchor>
            <Anchor component="button" type="button" size="sm" c="dimmed" onClick={onStartOver}>
              {words.startOver}
            </Anchor>
          </Group>
        </Stack>
      </form>
    </WelcomeCard>
  );
}
