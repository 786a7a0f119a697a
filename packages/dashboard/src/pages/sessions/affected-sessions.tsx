import { useAnswer } from "#api/use-answer.ts";
import { countText } from "#bulk/count-text.ts";
import { texts } from "#texts/texts.ts";

const words = texts.sessions.blacklist;

export interface BlacklistEntry {
  readonly applicationId: string;
  readonly kind: "client" | "address";
  readonly value: string;
}

/** How many sessions end when a client or an address is kept out. */
export function AffectedSessions({ applicationId, kind, value }: BlacklistEntry) {
  const { data } = useAnswer("findSessions", {
    applicationId,
    door: "live",
    limit: 1,
    count: true,
    ...(kind === "client" ? { clientId: value } : { address: value }),
  });
  const total = data?.output.total;
  return <span role="status">{total ? words.affected(countText(total, 0), total.count === 1) : words.counting}</span>;
}
