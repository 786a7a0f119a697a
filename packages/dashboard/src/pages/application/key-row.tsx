import { Button, Group } from "@mantine/core";
import type { KeyKind } from "@latchkey/protocol";
import { confirm } from "#parts/confirm.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.applications.keys;

interface Props {
  readonly kind: KeyKind;
  /** Absent: it was revoked, or is a secret. */
  readonly text: string | undefined;
  readonly mayChange: boolean;
  readonly onRenew: (reason: string | undefined) => Promise<unknown>;
  readonly onRevoke: (reason: string | undefined) => Promise<unknown>;
}

export function KeyRow({ kind, text, mayChange, onRenew, onRevoke }: Props) {
  const name = words.kinds[kind];
  const isSecret = kind === "BL";
  const renew = () =>
    confirm({
      title: words.renewTitle(name),
      consequences: words.renewConsequences,
      action: words.renew,
      asksReason: true,
      onConfirm: onRenew,
    });
  const revoke = () =>
    confirm({
      title: words.revokeTitle(name),
      consequences: words.revokeConsequences,
      action: words.revoke,
      asksReason: true,
      onConfirm: onRevoke,
    });
  const isThere = text !== undefined || isSecret;
  return (
    <li>
      <div className="lk-what">
        <strong>{name}</strong>
        {text === undefined ? (
          <p>{isSecret ? words.hidden : words.revoked}</p>
        ) : (
          <SecretText text={text} what={name} concealed={isSecret} />
        )}
      </div>
      {mayChange && (
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={renew}>
            {isThere ? words.renew : words.make}
          </Button>
          {isThere && (
            <Button variant="subtle" color="red" size="xs" onClick={revoke}>
              {words.revoke}
            </Button>
          )}
        </Group>
      )}
    </li>
  );
}
