import { Stack } from "@mantine/core";
import { Facts } from "#parts/facts.tsx";
import { Instant } from "#parts/instant.tsx";
import { Page } from "#parts/page.tsx";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import { useOwnOperator } from "#shell/use-own-operator.ts";
import { OwnPassword } from "./own-password.tsx";
import { OwnSecondFactor } from "./own-second-factor.tsx";
import { OwnSessions } from "./own-sessions.tsx";

const words = texts.account;

/** What is the operator's own: name, password, second factor, sessions. */
export function AccountPage() {
  const { data: own } = useOwnOperator();
  if (!own) return null;
  const { name, email, role, createdAt } = own.operator;
  return (
    <Page title={words.title}>
      <Stack gap="lg">
        <Section title={words.profile}>
          <Facts
            facts={[
              [words.name, name],
              [words.email, email],
              [words.role, words.roles[role]],
              [words.since, <Instant key="since" at={createdAt} />],
            ]}
          />
        </Section>
        <OwnPassword />
        <OwnSecondFactor own={own} />
        <OwnSessions />
      </Stack>
    </Page>
  );
}
