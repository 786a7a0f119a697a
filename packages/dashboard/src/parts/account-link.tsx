import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { useMay } from "#shell/use-own-operator.ts";

interface Props {
  readonly applicationId: string;
  readonly accountId: string;
}

/** The way to an account, under the name that people know it by. */
export function AccountLink({ applicationId, accountId }: Props) {
  const mayRead = useMay()("accounts:read");
  const { data } = useAnswer("showAccount", { applicationId, accountId }, { enabled: mayRead });
  const name = data?.output.account.login ?? data?.output.account.email;
  const shown = name ?? <span className="lk-key">{accountId}</span>;
  if (!mayRead) return shown;
  return (
    <Link href={`/applications/${encodeURIComponent(applicationId)}/accounts/${encodeURIComponent(accountId)}`}>
      {shown}
    </Link>
  );
}
