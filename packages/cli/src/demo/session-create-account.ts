import { CredentialsType, type NewAccount, type RetryableStatus, Session, Status } from "@latchkey/client";
import { CloseCode } from "@latchkey/protocol";
import type { Product, Products } from "./products.ts";
import type { Stage } from "./stage.ts";

const password = "correct horse";
const unsupportedType = 7;

/** `session.create_account`: every status of its page that a client can bring about. */
export async function showCreateAccount(stage: Stage, { plain, licensed, full }: Products): Promise<void> {
  const [, , license = "", activated = ""] = plain.licenses;
  stage.page("session.create_account");
  await using session = await initialized(plain);
  const create = (account: Partial<NewAccount>) => session.createAccount({ login: "somebody", password, ...account });

  await stage.step("createAccount({ login, password, comment })", Status.Ok, () =>
    create({ comment: "from the demo" }),
  );
  await stage.step("the same login again", Status.AppUserAlreadyExists, () => create({}));
  await stage.step("a login of 3 characters", Status.AppUserLoginTooShort, () => create({ login: "abc" }));
  await stage.step("a login of 321 characters", Status.AppUserLoginTooLong, () => create({ login: "a".repeat(321) }));
  await stage.step("a password of 3 characters", Status.AppUserPasswordTooShort, () => create({ password: "abc" }));
  await stage.step("a password of 65 characters", Status.AppUserPasswordTooLong, () =>
    create({ password: "a".repeat(65) }),
  );
  await stage.step("by e-mail, with a login that is none", Status.AppUserEmailInvalid, () =>
    create({ type: CredentialsType.EmailPassword }),
  );
  await stage.step("credentials of a type that does not exist", Status.AppUserCredentialsTypeInvalid, () =>
    create({ type: unsupportedType }),
  );

  await stage.step("a license of 5 characters", Status.LicenseTooShort, () => create({ license: "abcde" }));
  await stage.step("a license of 65 characters", Status.LicenseTooLong, () => create({ license: "a".repeat(65) }));
  await stage.step("a license that does not exist", Status.LicenseNotFound, () =>
    create({ login: "else", license: "no-such-one" }),
  );
  await stage.step("an available license", Status.Ok, () => create({ login: "licensee", license }));
  await stage.step("that license once more", Status.LicenseAlreadyLinked, () => create({ login: "late", license }));
  await session.authorize(activated);
  await session.logout();
  await stage.step("a license in use without an account", Status.LicenseAlreadyActivated, () =>
    create({ login: "late", license: activated }),
  );

  await stage.step("an e-mail address as login", Status.Ok, () =>
    create({ login: "demo@example.com", type: CredentialsType.EmailPassword }),
  );
  await stage.step("a third one from this address", Status.Ok, () => create({ login: "third" }));
  await stage.step("one more from this address than a day allows", Status.TooManyRequests, () =>
    create({ login: "fourth" }),
  );

  await using ofLicensed = await initialized(licensed);
  await stage.step("no license where one is required", Status.AppUserRequiresLicense, () =>
    ofLicensed.createAccount({ login: "somebody", password }),
  );
  await using ofFull = await initialized(full);
  await stage.step("an application that has all its accounts", Status.AppAccountsQuotaExceeded, () =>
    ofFull.createAccount({ login: "somebody", password }),
  );
  await using uninitialized = new Session({ url: plain.url });
  await uninitialized.connect();
  await stage.step("createAccount() before initialize()", CloseCode.NotInitialized, (): Promise<RetryableStatus> =>
    uninitialized.createAccount({ login: "somebody", password }),
  );
}

async function initialized({ url, websocketApiKey }: Product): Promise<Session> {
  const session = new Session({ url });
  await session.connect();
  await session.initialize(websocketApiKey, "demo-device");
  return session;
}
