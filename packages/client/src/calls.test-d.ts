// Types only: compiled, never run.
import type { Account, AnswerStatus, License, Session, TransportError } from "./index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Exactly<A> = <B>(value: B, ...proof: Equal<A, B> extends true ? [] : [never]) => void;

declare const session: Session;
declare const aLicense: Exactly<License>;
declare const anAccount: Exactly<Account>;
declare const aLogoutStatus: Exactly<AnswerStatus<"logout">>;
declare const undefinedOnly: Exactly<undefined>;
declare const maybeAnError: Exactly<TransportError | null>;
declare const maybeAnAccount: Exactly<Account | undefined>;
declare const aText: Exactly<string | undefined>;
const credentials = { login: "anna", password: "secret" };

// What `authorize` results in depends on its argument, in every form.
aLicense(await session.authorize("ABCDEF-123456"));
anAccount(await session.authorize(credentials));
const [error, license] = await session.try.authorize("ABCDEF-123456");
session.authorize(credentials, (failure, account) => {
  maybeAnError(failure);
  maybeAnAccount(account);
});
// @ts-expect-error -- the proof itself can fail
aLicense(await session.authorize(credentials));

// Without an error there is a result, and the compiler knows.
if (!error) aLicense(license);
session.logout((failure, status) => {
  if (failure) undefinedOnly(status);
  else aLogoutStatus(status);
});

// A status is a number, and not only one of those that are known to be possible.
aLogoutStatus(await session.logout());
export const newer: AnswerStatus<"logout"> = 4711;

// @ts-expect-error -- an account has a password
void session.createAccount({ login: "anna" });
// @ts-expect-error -- a callback has two arguments
session.ping((failure, status, more) => [failure, status, more]);
// A call without a result has nothing but an error to tell; any other makes its callback take the result too.
session.shutdown((failure) => maybeAnError(failure));
// @ts-expect-error -- a status that nobody looks at
session.logout((failure) => maybeAnError(failure));

// An event is told apart by its name, and its content goes with it.
session.on("panelEvent", (event) => {
  if (event.name === "levelsChanged") aText(event.content.levels);
  // @ts-expect-error -- another event's content
  if (event.name === "licenseExtended") aText(event.content.levels);
  if (event.name === undefined) aText(event.content["whatever"]);
});
