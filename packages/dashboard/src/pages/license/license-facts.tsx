import type { OutputOf } from "@latchkey/protocol";
import { AccountLink } from "#parts/account-link.tsx";
import { Facts } from "#parts/facts.tsx";
import { spanText } from "#parts/format-time.ts";
import { Instant } from "#parts/instant.tsx";
import { Section } from "#parts/section.tsx";
import { Tags } from "#parts/tags.tsx";
import { texts } from "#texts/texts.ts";

export type License = OutputOf<"showLicense">["license"];

const words = texts.licenses;

export function LicenseFacts({ license }: { readonly license: License }) {
  const { id, applicationId, levels, durationMs, expiresAt, activatedAt, lastUsedAt, createdAt } = license;
  const { seats, comment, bindsClient, clientId, accountId } = license;
  const account =
    accountId === undefined ? words.one.noAccount : <AccountLink applicationId={applicationId} accountId={accountId} />;
  const client = clientId ?? (bindsClient ? words.one.notBound : words.one.bindsNot);
  return (
    <Section title={words.one.facts}>
      <Facts
        facts={[
          [words.levels, levels.length > 0 && <Tags tags={levels} />],
          [words.plan, durationMs === undefined ? words.lifetime : spanText(durationMs)],
          [words.expires, expiresAt !== undefined && <Instant at={expiresAt} />],
          [words.one.activated, activatedAt !== undefined && <Instant at={activatedAt} />],
          [words.lastUsed, lastUsedAt === undefined ? words.one.neverUsed : <Instant at={lastUsedAt} />],
          [words.seats, seats ?? words.one.anySeats],
          [words.one.boundTo, client],
          [words.one.account, account],
          [words.comment, comment],
          [words.created, <Instant key="created" at={createdAt} />],
          [
            words.one.id,
            <span key="id" className="lk-key">
              {id}
            </span>,
          ],
        ]}
      />
    </Section>
  );
}
