import type { Config } from "#config.ts";
import { newLinkSecret, sha256 } from "#crypto/tokens.ts";
import { accountLinkUrl, linkLifetimeMs } from "#domain/account-link.ts";
import type { PublicUrl } from "#public-url.ts";
import { describeError, type Log } from "#report/log.ts";
import { insertAccountLink } from "#storage/account-links.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { wordsOf } from "#storage/mail-templates.ts";
import { claimMail, deleteMail, postponeMail } from "#storage/mails.ts";
import type { Db, Mail } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import type { Clock, Timer } from "#clock.ts";
import type { Delivery } from "./delivery.ts";
import { describeFailure } from "./describe-failure.ts";
import { type Letter, type Occasion, writeLetter } from "./letter.ts";
import { mailLanguageOf } from "./mail-language.ts";
import { Outbox } from "./outbox.ts";
import { smtpDelivery } from "./smtp.ts";

const lookEveryMs = 5_000;
const cleanEveryMs = 3_600_000;
/** Mails on their way at a time. */
const atOnce = 4;
/** Another process takes a mail up again after this long; by then the attempt has been given up for certain. */
const claimMs = 300_000;
const attemptMs = 240_000;
/** Pauses double from the first to the longest. */
const firstPauseMs = 10_000;
const longestPauseMs = 3_600_000;
const triedForMs = 86_400_000;

interface Surroundings {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Config;
  readonly publicUrl: PublicUrl;
}

interface Claimed extends Decided {
  readonly mail?: Mail;
  /** What is to be written; absent: the mail went to nobody. */
  readonly occasion?: Occasion;
}

/**
 * Sends the queued mails, beside the senders of other processes: each attempt is claimed in the database before it
 * begins. A mail may arrive twice when a process dies in the middle of sending it, and is never lost (US-MAIL-4).
 */
export class MailSender implements AsyncDisposable {
  readonly #given: Surroundings;
  readonly #delivery: Delivery;
  readonly #outbox: Outbox;
  readonly #failed: Outbox;
  readonly #timers: readonly Timer[];
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(given: Surroundings) {
    const { config, clock } = given;
    this.#given = given;
    this.#outbox = new Outbox(config);
    this.#failed = new Outbox(config, "failed");
    this.#delivery = config.smtpHost === "" ? this.#outbox : smtpDelivery(config);
    this.#timers = [
      clock.every(lookEveryMs, () => this.wake()),
      clock.every(cleanEveryMs, () => this.#run(() => this.#clean())),
    ];
    this.wake();
  }

  /** There may be something to send. Never waits, and never fails; begins after the answer of who calls it is on its way. */
  wake(): void {
    setImmediate(() => this.#begin());
  }

  #begin(): void {
    // Each of those that are running looks again before it ends; what slips through is found at the next look.
    if (this.#running.size < atOnce) this.#run(() => this.#sendAll());
  }

  #run(work: () => Promise<void>): void {
    if (this.#stopping.signal.aborted) return;
    const running = work()
      .catch((error: unknown) => this.#given.log.error("mails not sent", { error: describeError(error) }))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #sendAll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const { mail, occasion } = await transact(this.#given.db, (tx) => this.#claim(tx));
      if (!mail) return;
      this.#begin();
      if (occasion) await this.#send(mail, writeLetter(occasion));
    }
  }

  /** The next mail with a link of its own: no later attempt makes the link of one void that has arrived after all. */
  async #claim(tx: Db): Promise<Claimed> {
    const { clock, publicUrl } = this.#given;
    const now = clock.now();
    const mail = await claimMail(tx, { now, nextDueAt: now + claimMs });
    if (!mail) return {};
    const { id, applicationId, accountId, kind } = mail;
    const application = await findApplication(tx, { id: applicationId });
    const account = accountId === null ? undefined : await findAccount(tx, { id: accountId });
    if (!application || !account || account.email === null || account.status === "disabled") {
      await deleteMail(tx, mail);
      return { mail };
    }
    const secret = newLinkSecret();
    const expiresAt = now + linkLifetimeMs[kind];
    await insertAccountLink(tx, { secretHash: sha256(secret), applicationId, accountId: account.id, kind, expiresAt });
    const occasion: Occasion = {
      id,
      kind,
      at: now,
      to: account.email,
      applicationName: application.name,
      locale: account.locale,
      words: await wordsOf(tx, { applicationId, kind, language: mailLanguageOf(account.locale) }),
      link: accountLinkUrl(publicUrl.ofApplication(application), applicationId, kind, secret),
      expiresAt,
    };
    return { mail, occasion };
  }

  async #send(mail: Mail, letter: Letter): Promise<void> {
    const { db, clock, log, config } = this.#given;
    const { id, kind, attempts } = mail;
    const tooLong = new AbortController();
    const timer = clock.after(attemptMs, () => tooLong.abort());
    try {
      await this.#delivery.deliver(letter, AbortSignal.any([tooLong.signal, this.#stopping.signal]));
      await deleteMail(db, mail);
      const hint =
        config.smtpHost === "" && "set smtpHost and mailFrom to send mails: this one is a file in the outbox";
      log.info("mail sent", { mail: id, kind, ...(hint && { hint }) });
    } catch (error) {
      await this.#retryLater(mail, letter);
      log.error("mail not sent", { mail: id, kind, attempts, ...describeFailure(error) });
    } finally {
      timer.cancel();
    }
  }

  async #retryLater(mail: Mail, letter: Letter): Promise<void> {
    const { db, clock } = this.#given;
    const now = clock.now();
    const lastAt = mail.queuedAt + triedForMs;
    if (now >= lastAt) {
      await this.#failed.deliver(letter);
      await deleteMail(db, mail);
      return;
    }
    const pauseMs = Math.min(firstPauseMs * 2 ** (mail.attempts - 1), longestPauseMs);
    await postponeMail(db, mail, this.#stopping.signal.aborted ? now : Math.min(now + pauseMs, lastAt));
  }

  async #clean(): Promise<void> {
    const now = this.#given.clock.now();
    await this.#outbox.deleteOld(now);
    await this.#failed.deleteOld(now);
  }

  /** What is being sent is given up, and is due again at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    this.#stopping.abort();
    await Promise.all(this.#running);
    for (const delivery of [this.#delivery, this.#outbox, this.#failed]) delivery[Symbol.dispose]();
  }
}
