import type { OutputOf } from "@latchkey/protocol";
import { CopyButton } from "#parts/copy-button.tsx";
import { Facts } from "#parts/facts.tsx";
import { Instant } from "#parts/instant.tsx";
import { Section } from "#parts/section.tsx";
import { Tags } from "#parts/tags.tsx";
import { texts } from "#texts/texts.ts";
import type { Account } from "../accounts/account-name.ts";

const words = texts.accounts;
export type Standing = OutputOf<"showAccountStanding">;

interface Props {
  readonly account: Account;
  readonly standing: Standing | undefined;
}

export function AccountFacts({ account, standing }: Props) {
  const { id, login, email, levels, comment, locale, createdAt, updatedAt, lastLoginAt, socialIdentities } = account;
  const { blacklistedAt, lockedUntil } = standing ?? {};
  return (
    <Section title={words.one.facts}>
      <Facts
        facts={[
          [words.login, login],
          [words.email, email],
          [words.levels, levels.length > 0 && <Tags tags={levels} />],
          [words.comment, comment],
          [words.one.blacklistedSince, blacklistedAt !== undefined && <Instant at={blacklistedAt} />],
          [words.one.locked, lockedUntil !== undefined && <Instant at={lockedUntil} />],
          [words.lastLogin, lastLoginAt === undefined ? words.one.never : <Instant at={lastLoginAt} />],
          [words.created, <Instant key="created" at={createdAt} />],
          [words.one.updated, updatedAt !== undefined && <Instant at={updatedAt} />],
          [words.one.social, socialIdentities && Object.keys(socialIdentities).join(", ")],
          [words.one.locale, locale],
          [
            words.one.id,
            <span key="id" className="lk-key">
              {id} <CopyButton text={id} what={words.one.id} />
            </span>,
          ],
        ]}
      />
    </Section>
  );
}
