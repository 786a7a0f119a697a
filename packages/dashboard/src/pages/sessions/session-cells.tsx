import type { OutputOf } from "@latchkey/protocol";
import { Link } from "wouter";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";
import { accountPath, licensePath } from "#location/paths.ts";

export type Session = OutputOf<"findSessions">["sessions"][number];

const words = texts.sessions;

/** What a session is called where it is named. */
export function nameOf({ accountName, clientId, licenseKey, address }: Session): string {
  return accountName ?? clientId ?? licenseKey ?? address;
}

export function sessionIdOf({ id }: Session): string {
  return id;
}

/** What is news when it changes; when a session was last seen is none. */
export function sessionSays({ connected, accountId, licenseId, address }: Session): string {
  return JSON.stringify([connected, accountId, licenseId, address]);
}

export function SessionState({ session: { door, connected } }: { readonly session: Session }) {
  if (door === "user-service") return <Mark tone="new" text={words.states.signedIn} />;
  if (connected) return <Mark tone="good" text={words.states.connected} />;
  return <Mark tone="warning" text={words.states.lost} />;
}

interface Props {
  readonly applicationId: string;
  readonly session: Session;
}

/** The account or the license that a session is authorized by, with the way there. */
export function AuthorizedBy({ applicationId, session: { accountId, accountName, licenseId, licenseKey } }: Props) {
  if (accountId !== undefined)
    return <Link href={accountPath(applicationId, accountId)}>{accountName ?? accountId}</Link>;
  if (licenseId === undefined) return <span className="lk-quiet">{words.nobody}</span>;
  return (
    <Link className="lk-key" href={licensePath(applicationId, licenseId)}>
      {licenseKey ?? licenseId}
    </Link>
  );
}
