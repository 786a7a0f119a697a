import { Text } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import { passwordStrength } from "./strength.ts";

interface Props {
  readonly password: string;
  readonly minLength: number;
}

/** A hint while one types; what is allowed is for the server to say. */
export function PasswordStrength({ password, minLength }: Props) {
  if (password === "") return null;
  const level = passwordStrength(password, minLength);
  const said = texts.welcome.strength[level];
  return (
    <div role="status" aria-label={texts.welcome.strengthLabel(said)}>
      <div className="lk-strength" data-level={level} aria-hidden>
        <span />
        <span />
        <span />
        <span />
      </div>
      <Text size="xs" c="dimmed" mt={4} aria-hidden>
        {said}
      </Text>
    </div>
  );
}
