import { Button } from "@mantine/core";
import { useChange } from "#api/use-change.ts";
import { ListCard } from "#list/list-card.tsx";
import { usePages } from "#list/use-pages.ts";
import { confirm } from "#parts/confirm.tsx";
import { Instant } from "#parts/instant.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";

const words = texts.operators.invitations;
const refreshes = ["listInvitations"] as const;

/** Who is invited and has not come yet. */
export function Invitations() {
  const { query, paging } = usePages("listInvitations", {});
  const mayRevoke = useMay()("operators:delete");
  const revoke = useChange("revokeInvitation", { refreshes, onDone: () => toast.done(words.revoked) });
  const { invitations = [] } = query.data?.output ?? {};
  const ask = (invitationId: string, email: string) =>
    confirm({
      title: words.revokeTitle(email),
      consequences: words.revokeConsequences,
      action: words.revoke,
      asksReason: true,
      onConfirm: (reason) => revoke.mutateAsync({ input: { invitationId }, reason }),
    });
  return (
    <Section title={words.title} about={words.about} flush>
      <ListCard
        isPlain
        query={query}
        {...((paging.hasNext || paging.page > 1) && { paging })}
        count={invitations.length}
        empty={<p className="lk-card-body lk-section-about">{words.empty}</p>}
      >
        <ul className="lk-rows">
          {invitations.map(({ id, email, role, invitedBy, expiresAt }) => (
            <li key={id}>
              <div className="lk-what">
                <strong>{email}</strong> <span className="lk-tag">{texts.account.roles[role]}</span>
                <p>
                  {words.by(invitedBy)} · {words.ends} <Instant at={expiresAt} />
                </p>
              </div>
              {mayRevoke && (
                <Button
                  size="xs"
                  variant="subtle"
                  color="red"
                  aria-label={words.revokeLabel(email)}
                  onClick={() => ask(id, email)}
                >
                  {words.revoke}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </ListCard>
    </Section>
  );
}
