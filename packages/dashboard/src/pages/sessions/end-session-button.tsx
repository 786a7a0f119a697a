import { ActionIcon } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { nameOf, type Session } from "./session-cells.tsx";
import { useEndSession } from "./use-end-session.ts";

const words = texts.sessions.end;

interface Props {
  readonly applicationId: string;
  readonly session: Session;
}

export function EndSessionButton({ applicationId, session }: Props) {
  const end = useEndSession(applicationId);
  return (
    <ActionIcon title={words.action} aria-label={words.label(nameOf(session))} onClick={() => end(session)}>
      <IconPlugConnectedX size={16} aria-hidden />
    </ActionIcon>
  );
}
