import { Button } from "@mantine/core";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { navigate } from "#location/hash-location.ts";
import { within } from "#location/paths.ts";
import { confirm } from "#parts/confirm.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { accountAnswers } from "../accounts/account-deeds.ts";
import { type Account, accountName } from "../accounts/account-name.ts";
import type { Standing } from "./account-facts.tsx";
import { SessionsNow } from "./sessions-now.tsx";
import { SetPassword } from "./set-password.tsx";

const words = texts.accounts.actions;

type Simple =
  | "enableAccount"
  | "disableAccount"
  | "unlockAccount"
  | "endAccountSessions"
  | "blacklistAccount"
  | "unblacklistAccount";

interface Deed {
  readonly name: Simple;
  readonly words: { readonly action: string; readonly about: string; readonly done: string };
  /** Asked about before it is done. */
  readonly asks?: { readonly title: string; readonly consequences: readonly string[] };
  /** What takes it back. */
  readonly undo?: Simple;
}

const enable: Deed = { name: "enableAccount", words: words.enable, undo: "disableAccount" };
const disable: Deed = { name: "disableAccount", words: words.disable, asks: words.disable, undo: "enableAccount" };
const unlock: Deed = { name: "unlockAccount", words: words.unlock };
const endSessions: Deed = { name: "endAccountSessions", words: words.endSessions, asks: words.endSessions };
const blacklist: Deed = {
  name: "blacklistAccount",
  words: words.blacklist,
  asks: words.blacklist,
  undo: "unblacklistAccount",
};
const unblacklist: Deed = { name: "unblacklistAccount", words: words.unblacklist, undo: "blacklistAccount" };

interface Props {
  readonly applicationId: string;
  readonly account: Account;
  readonly standing: Standing | undefined;
  readonly etag: string | undefined;
}

/** What can be done with an account in its state, each with what it leads to. */
export function AccountActions({ applicationId, account, standing, etag }: Props) {
  const may = useMay();
  const refresh = useRefresh(accountAnswers);
  const input = { applicationId, accountId: account.id };

  const carryOut = async ({ name, undo, words: said }: Deed, reason?: string) => {
    await call(name, input, { ifMatch: etag, idempotencyKey: newKey(), reason });
    toast.done(said.done, undo && (() => call(undo, input, { idempotencyKey: newKey() }).finally(refresh)));
    await refresh();
  };
  const begin = (deed: Deed) => {
    if (!deed.asks) void carryOut(deed).catch((error: unknown) => toast.failed(error));
    else
      confirm({
        ...deed.asks,
        about: <SessionsNow {...input} />,
        action: deed.words.action,
        asksReason: true,
        onConfirm: (reason) => carryOut(deed, reason),
      });
  };
  const remove = () =>
    confirm({
      title: words.delete.title,
      about: <SessionsNow {...input} />,
      consequences: words.delete.consequences,
      action: words.delete.action,
      asksReason: true,
      typedName: accountName(account),
      onConfirm: async (reason) => {
        await call("deleteAccount", input, { ifMatch: etag, reason });
        navigate(`${within(applicationId)}/accounts`, { replace: true });
        toast.done(words.delete.done);
        await refresh();
      },
    });
  const row = (deed: Deed) => <Row key={deed.name} {...deed.words} onClick={() => begin(deed)} />;
  return (
    <Section title={texts.accounts.one.actions} flush>
      <ul className="lk-rows">
        {may("accounts:update") && standing?.lockedUntil !== undefined && row(unlock)}
        {may("sessions:disconnect") && row(endSessions)}
        {may("accounts:update") && (
          <>
            {account.status !== "guest" && <SetPassword {...input} etag={etag} />}
            {row(account.status === "disabled" ? enable : disable)}
            {row(standing?.blacklistedAt === undefined ? blacklist : unblacklist)}
          </>
        )}
        {may("accounts:delete") && <Row {...words.delete} isDanger onClick={remove} />}
      </ul>
    </Section>
  );
}

interface RowProps {
  readonly action: string;
  readonly about: string;
  readonly isDanger?: boolean;
  readonly onClick: () => void;
}

function Row({ action, about, isDanger = false, onClick }: RowProps) {
  return (
    <li>
      <div className="lk-what">
        <p>{about}</p>
      </div>
      <Button variant={isDanger ? "light" : "default"} {...(isDanger && { color: "red" })} onClick={onClick}>
        {action}
      </Button>
    </li>
  );
}
