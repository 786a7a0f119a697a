// Types only: compiled, never run.
import type { Account, AnswerStatus, License } from "../index.ts";
import type { SyncSession } from "./index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Exactly<A> = <B>(value: B, ...proof: Equal<A, B> extends true ? [] : [never]) => void;

declare const session: SyncSession;
declare const aLicense: Exactly<License>;
declare const anAccount: Exactly<Account>;
declare const aLogoutStatus: Exactly<AnswerStatus<"logout">>;

aLicense(session.authorize("ABCDEF-123456"));
anAccount(session.authorize({ login: "anna", password: "secret" }));
aLogoutStatus(session.logout());
