import { Button } from "@mantine/core";
import type { RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { ExtendLicense } from "./extend-license.tsx";
import type { License } from "./license-facts.tsx";
import { LinkLicense } from "./link-license.tsx";

const words = texts.licenses.actions;

const refreshed: readonly RoutedName[] = ["showLicense", "listLicenses", "listAudit"];

type Simple =
  | "pauseLicense"
  | "unpauseLicense"
  | "blacklistLicense"
  | "unblacklistLicense"
  | "resetLicenseClient"
  | "reinitializeLicense";

interface Deed {
  readonly name: Simple;
  readonly words: { readonly action: string; readonly about: string; readonly done: string };
  /** Asked about before it is done. */
  readonly asks?: { readonly title: string; readonly consequences: readonly string[] };
  /** What takes it back. */
  readonly undo?: Simple;
}

const pause: Deed = { name: "pauseLicense", words: words.pause, asks: words.pause, undo: "unpauseLicense" };
const unpause: Deed = { name: "unpauseLicense", words: words.unpause, undo: "pauseLicense" };
const blacklist: Deed = {
  name: "blacklistLicense",
  words: words.blacklist,
  asks: words.blacklist,
  undo: "unblacklistLicense",
};
const unblacklist: Deed = { name: "unblacklistLicense", words: words.unblacklist, undo: "blacklistLicense" };
const resetClient: Deed = { name: "resetLicenseClient", words: words.resetClient, asks: words.resetClient };
const reinitialize: Deed = { name: "reinitializeLicense", words: words.reinitialize, asks: words.reinitialize };

function deedsFor({ state, clientId, activatedAt }: License): readonly Deed[] {
  return [
    state === "paused" ? unpause : pause,
    ...(clientId === undefined ? [] : [resetClient]),
    ...(activatedAt === undefined ? [] : [reinitialize]),
    state === "blacklisted" ? unblacklist : blacklist,
  ];
}

interface Props {
  readonly license: License;
  readonly etag: string | undefined;
}

/** What can be done with a license in its state, each with what it leads to. */
export function LicenseActions({ license, etag }: Props) {
  const may = useMay();
  const refresh = useRefresh(refreshed);
  const { id, applicationId } = license;
  const input = { applicationId, license: id };

  const carryOut = async (deed: Deed, reason?: string) => {
    await call(deed.name, input, { ifMatch: etag, idempotencyKey: newKey(), reason });
    const { undo } = deed;
    toast.done(deed.words.done, undo && (() => call(undo, input, { idempotencyKey: newKey() }).finally(refresh)));
    await refresh();
  };
  const begin = (deed: Deed) => {
    if (!deed.asks) void carryOut(deed).catch((error: unknown) => toast.failed(error));
    else
      confirm({
        ...deed.asks,
        action: deed.words.action,
        asksReason: true,
        onConfirm: (reason) => carryOut(deed, reason),
      });
  };
  const remove = () =>
    confirm({
      title: words.delete.title,
      consequences: words.delete.consequences,
      action: words.delete.action,
      asksReason: true,
      onConfirm: async (reason) => {
        await call("deleteLicense", input, { ifMatch: etag, reason });
        navigate(`/applications/${encodeURIComponent(applicationId)}/licenses`, { replace: true });
        toast.done(words.delete.done);
        await refresh();
      },
    });

  return (
    <Section title={texts.licenses.one.actionsTitle} flush>
      <ul className="lk-rows">
        {may("licenses:update") && (
          <>
            <ExtendLicense license={license} etag={etag} />
            {license.accountId === undefined && may("accounts:read") && <LinkLicense license={license} etag={etag} />}
            {deedsFor(license).map((deed) => (
              <Row key={deed.name} {...deed.words} onClick={() => begin(deed)} />
            ))}
          </>
        )}
        {may("licenses:delete") && <Row {...words.delete} isDanger onClick={remove} />}
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
