import { Button, Drawer, Group, Stack } from "@mantine/core";
import { IconBan, IconMapPinOff, IconPlugConnectedX, IconPlugOff } from "@tabler/icons-react";
import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { CopiedText } from "#parts/copied-text.tsx";
import { Facts } from "#parts/facts.tsx";
import { Instant } from "#parts/instant.tsx";
import { Notice } from "#parts/notice.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { accountPath, licensePath, sessionsPath } from "#location/paths.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { type Session, SessionState } from "./session-cells.tsx";
import { useBlacklist } from "./use-blacklist.tsx";
import { useEndSession } from "./use-end-session.ts";

const words = texts.sessions;
const lookAgainMs = 3_000;

interface Props {
  readonly applicationId: string;
  readonly sessionId: string | undefined;
  readonly onClose: () => void;
}

/** One session, beside the list. */
export function SessionDetails({ applicationId, sessionId, onClose }: Props) {
  return (
    <Drawer opened={sessionId !== undefined} onClose={onClose} title={words.one.title} size="md">
      {sessionId !== undefined && <Looked applicationId={applicationId} sessionId={sessionId} onClose={onClose} />}
    </Drawer>
  );
}

function Looked({ applicationId, sessionId, onClose }: Props & { readonly sessionId: string }) {
  const { data, error, refetch } = useAnswer(
    "findSessions",
    { applicationId, search: sessionId, limit: 1 },
    { refetchInterval: lookAgainMs },
  );
  if (!data) return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />;
  const session = data.output.sessions.find(({ id }) => id === sessionId);
  if (!session) return <Notice icon={IconPlugOff} title={words.one.gone} about={words.one.goneAbout} />;
  return (
    <Stack gap="lg">
      <SessionFacts applicationId={applicationId} session={session} />
      <SessionActions applicationId={applicationId} session={session} onClose={onClose} />
    </Stack>
  );
}

interface OfSession {
  readonly applicationId: string;
  readonly session: Session;
}

function SessionFacts({ applicationId, session }: OfSession) {
  const { id, door, clientId, address, createdAt, lastSeenAt, expiresAt } = session;
  const { accountId, accountName, licenseId, licenseKey } = session;
  return (
    <Facts
      facts={[
        [words.state, <SessionState key="state" session={session} />],
        [words.client, clientId !== undefined && <CopiedText text={clientId} />],
        [words.address, <CopiedText key="address" text={address} />],
        [
          words.one.account,
          accountId !== undefined && (
            <Link href={accountPath(applicationId, accountId)}>{accountName ?? accountId}</Link>
          ),
        ],
        [
          words.one.license,
          licenseId !== undefined && (
            <Link className="lk-key" href={licensePath(applicationId, licenseId)}>
              {licenseKey ?? licenseId}
            </Link>
          ),
        ],
        [words.who, accountId === undefined && licenseId === undefined && words.nobody],
        [words.one.expires, expiresAt !== undefined && <Instant at={expiresAt} />],
        [words.door, words.doors[door]],
        [words.since, <Instant key="since" at={createdAt} />],
        [words.lastSeen, <Instant key="seen" at={lastSeenAt} />],
        [words.one.id, <CopiedText key="id" text={id} />],
        [
          words.one.show,
          <Stack key="more" gap={6}>
            {clientId !== undefined && (
              <Link href={sessionsPath(applicationId, { clientId })}>{words.one.all.clientId}</Link>
            )}
            <Link href={sessionsPath(applicationId, { address })}>{words.one.all.address}</Link>
          </Stack>,
        ],
      ]}
    />
  );
}

function SessionActions({ applicationId, session, onClose }: OfSession & Pick<Props, "onClose">) {
  const may = useMay();
  const end = useEndSession(applicationId);
  const blacklist = useBlacklist();
  const { clientId, address } = session;
  return (
    <Group gap="xs">
      {may("sessions:disconnect") && (
        <Button
          color="red"
          variant="light"
          leftSection={<IconPlugConnectedX size={16} aria-hidden />}
          onClick={() => end(session, onClose)}
        >
          {words.end.action}
        </Button>
      )}
      {may("blacklists:update") && clientId !== undefined && (
        <Button
          variant="default"
          leftSection={<IconBan size={16} aria-hidden />}
          onClick={() => blacklist({ applicationId, kind: "client", value: clientId })}
        >
          {words.blacklist.client.action}
        </Button>
      )}
      {may("blacklists:update") && (
        <Button
          variant="default"
          leftSection={<IconMapPinOff size={16} aria-hidden />}
          onClick={() => blacklist({ applicationId, kind: "address", value: address })}
        >
          {words.blacklist.address.action}
        </Button>
      )}
    </Group>
  );
}
