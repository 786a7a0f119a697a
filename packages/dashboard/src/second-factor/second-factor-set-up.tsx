import { useEffect, useRef, useState } from "react";
import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";
import { CodeField, codeDigits } from "./code-field.tsx";
import { QrCode } from "./qr-code.tsx";

const words = texts.welcome.factor;

interface Props {
  readonly password: string;
  readonly onCodes: (recoveryCodes: readonly string[]) => void;
}

/** Ties an authenticator to the account: a code to scan, and the digits that prove it was scanned. */
export function SecondFactorSetUp({ password, onCodes }: Props) {
  const [code, setCode] = useState("");
  const begin = useChange("beginSecondFactor");
  const confirm = useChange("confirmSecondFactor", { onDone: ({ recoveryCodes }) => onCodes(recoveryCodes) });
  // Each beginning makes another secret, so there is one for each time this is shown.
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    begin.mutate({ input: { password } });
  }, [begin, password]);
  const prove = (given: string) => confirm.mutate({ input: { code: given } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        prove(code);
      }}
    >
      <Stack>
        {begin.data ? (
          <QrCode text={begin.data.uri} label={words.qr} />
        ) : (
          <Skeleton height="11rem" width="11rem" mx="auto" />
        )}
        {begin.data && (
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              {words.typeInstead}
            </Text>
            <SecretText text={begin.data.secret} what={words.key} />
          </div>
        )}
        <CodeField label={words.codeLabel} value={code} onChange={setCode} onComplete={prove} />
        <ProblemLine error={begin.error ?? confirm.error} />
        <Button type="submit" fullWidth loading={confirm.isPending} disabled={code.length !== codeDigits}>
          {words.confirm}
        </Button>
      </Stack>
    </form>
  );
}
