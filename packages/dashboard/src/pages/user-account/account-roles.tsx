import { Chip, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { call } from "#api/call.ts";
import { useAnswer } from "#api/use-answer.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { within } from "#location/paths.ts";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { accountAnswers } from "../accounts/account-deeds.ts";

const words = texts.accounts;

interface Props {
  readonly applicationId: string;
  readonly accountId: string;
  readonly given: readonly string[];
}

/** Every role of the application; those that the account has are checked. */
export function AccountRoles({ applicationId, accountId, given }: Props) {
  const may = useMay();
  const queryClient = useQueryClient();
  const refresh = useRefresh(accountAnswers);
  const { data } = useAnswer("listRoles", { applicationId }, { enabled: may("roles:read") });
  const roles = data?.output.roles ?? given;
  const change = async (role: string, gives: boolean) => {
    const named = { applicationId, accountId };
    const { output } = await call(gives ? "giveRole" : "takeRole", { ...named, role });
    queryClient.setQueryData(["showAccountStanding", named], (before: object | undefined) =>
      before && "output" in before && typeof before.output === "object"
        ? { ...before, output: { ...before.output, roles: output.roles } }
        : before,
    );
    toast.done(gives ? words.roleGiven(role) : words.roleTaken(role), () => change(role, !gives));
    await refresh();
  };
  return (
    <Section title={words.one.roles} about={words.one.rolesAbout}>
      {roles.length === 0 ? (
        <p className="lk-section-about">
          {words.one.noRoles} <Link href={`${within(applicationId)}/settings/roles`}>{words.one.makeRoles}</Link>
        </p>
      ) : (
        <Group gap="xs">
          {roles.map((role) => (
            <Chip
              key={role}
              size="sm"
              variant="light"
              disabled={!may("accounts:update")}
              checked={given.includes(role)}
              onChange={(gives) => void change(role, gives).catch((error: unknown) => toast.failed(error))}
            >
              {role}
            </Chip>
          ))}
        </Group>
      )}
    </Section>
  );
}
