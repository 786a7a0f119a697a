import { useState } from "react";
import { Alert, Button, Loader, Modal, Stack, Text } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import type { OutputOf } from "@latchkey/protocol";
import { useMutation } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.audit.verify;

/** Asks the server to go through the whole log, only when somebody wants to know. */
export function VerifyAudit() {
  const [isOpen, setOpen] = useState(false);
  const verify = useMutation({ mutationFn: async () => (await call("verifyAudit", {})).output });
  const start = () => {
    setOpen(true);
    verify.mutate();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={start}>
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.title}>
        {verify.data ? (
          <Verified found={verify.data} />
        ) : verify.error ? (
          <ProblemNotice error={verify.error} onRetry={() => verify.mutate()} />
        ) : (
          <Stack align="center" role="status">
            <Loader type="dots" />
            <Text size="sm">{words.running}</Text>
          </Stack>
        )}
      </Modal>
    </>
  );
}

function Verified({ found }: { readonly found: OutputOf<"verifyAudit"> }) {
  const { fault, position, hash, droppedPosition, unsealed } = found;
  return (
    <Stack>
      {fault ? (
        <Alert color="red" role="alert" icon={<IconShieldX size={20} aria-hidden />} title={words.broken}>
          {texts.audit.faults[fault.kind](fault.position.toLocaleString("en"))} {words.brokenAbout}
        </Alert>
      ) : position === 0 ? (
        <Text size="sm">{words.empty}</Text>
      ) : (
        <Alert
          color="verdigris"
          role="status"
          icon={<IconShieldCheck size={20} aria-hidden />}
          title={words.intact(position.toLocaleString("en"))}
        >
          {words.intactAbout}
        </Alert>
      )}
      {droppedPosition > 0 && <Text size="sm">{words.dropped(droppedPosition.toLocaleString("en"))}</Text>}
      {unsealed > 0 && <Text size="sm">{words.unsealed(unsealed)}</Text>}
      {!fault && position > 0 && (
        <>
          <SecretText text={`${position}:${hash}`} what={words.head} />
          <Text size="sm" c="dimmed">
            {words.headAbout} <code className="lk-key">{words.command("…")}</code>
          </Text>
        </>
      )}
    </Stack>
  );
}
