import { useState } from "react";
import { Button, Stack } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import { RecoveryCodes } from "#second-factor/recovery-codes.tsx";
import { SecondFactorSetUp } from "#second-factor/second-factor-set-up.tsx";
import { WelcomeCard } from "./welcome-card.tsx";

const words = texts.welcome.factor;

interface Props {
  /** Just chosen; asked again it would only be a nuisance. */
  readonly password: string;
  readonly onDone: () => void;
}

/** Offered to who has just joined, who may also do it later. */
export function FactorOffer({ password, onDone }: Props) {
  const [isAccepted, setAccepted] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) {
    return (
      <WelcomeCard title={words.codesTitle} about={words.codesAbout}>
        <RecoveryCodes codes={codes} onDone={onDone} />
      </WelcomeCard>
    );
  }
  if (isAccepted) {
    return (
      <WelcomeCard title={words.scanTitle} about={words.scanAbout}>
        <SecondFactorSetUp password={password} onCodes={setCodes} />
      </WelcomeCard>
    );
  }
  return (
    <WelcomeCard title={words.offerTitle} about={words.offerAbout}>
      <Stack gap="xs">
        <Button fullWidth onClick={() => setAccepted(true)}>
          {words.offerAction}
        </Button>
        <Button fullWidth variant="subtle" color="gray" onClick={onDone}>
          {words.later}
        </Button>
      </Stack>
    </WelcomeCard>
  );
}
