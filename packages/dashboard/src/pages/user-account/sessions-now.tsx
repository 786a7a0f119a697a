import { useAnswer } from "#api/use-answer.ts";
import { countText } from "#bulk/count-text.ts";
import { texts } from "#texts/texts.ts";

const words = texts.accounts.sessionsNow;

interface Props {
  readonly applicationId: string;
  readonly accountId: string;
}

/** Said before something that ends its sessions: how many there are. */
export function SessionsNow({ applicationId, accountId }: Props) {
  const { data } = useAnswer("findSessions", { applicationId, accountId, limit: 1, count: true });
  const total = data?.output.total;
  if (!total) return <span role="status">{words.counting}</span>;
  return (
    <span role="status">{total.count === 0 ? words.none : words.some(countText(total, 0), total.count === 1)}</span>
  );
}
