import type { Clock, Timer } from "#clock.ts";
import type { Config } from "#config.ts";
import type { Seal } from "#crypto/seal.ts";
import { webhookSignatures } from "#crypto/webhook-secret.ts";
import { networkList } from "#domain/network-list.ts";
import { describeError, type Log } from "#report/log.ts";
import type { Db } from "#storage/tables.ts";
import type { Webhook, WebhookDelivery } from "#storage/tables-webhooks.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { endDelivered, endFailed, insertAttempt, takeDelivery } from "#storage/webhook-deliveries.ts";
import { changeWebhook, claimWebhook, noteFailure, noteSuccess, releaseWebhook } from "#storage/webhooks.ts";
import { fanOut } from "./fan-out.ts";
import { pauseAfter } from "./pauses.ts";
import { post } from "./post.ts";
import { wordsFor, wordsForStatus } from "./words-for.ts";

const lookEveryMs = 1_000;
/** Webhooks that are delivered to at a time, by one process; to each of them goes one message at a time. */
const atOnce = 64;
const attemptMs = 15_000;
/** Another process delivers to a webhook again after this long; by then the attempt has been given up for certain. */
const claimMs = 20_000;
/** What has taken nothing for so long is disabled. */
const failingMs = 5 * 86_400_000;

interface Surroundings {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, "webhookAllowedNetworks">;
  readonly webhookSecrets: Pick<Seal, "open">;
}

interface Claim {
  readonly webhook: Webhook;
  readonly delivery: WebhookDelivery;
}

/** What an attempt came to; without an error it has arrived. */
interface Outcome {
  readonly status?: number;
  readonly answer?: string;
  readonly error?: string | undefined;
}

/** Says in the audit log that a webhook was disabled because of what became of its deliveries. */
type NoteDisabling = (tx: Db, before: Webhook, after: Webhook) => Promise<void>;

/**
 * Makes deliveries of the audit log and sends them, beside the senders of other processes: a webhook is claimed in the
 * database for each attempt. A message may arrive twice when a process dies in the middle of sending it, and is never
 * lost (MG-HOOK-4).
 */
export class WebhookSender implements AsyncDisposable {
  readonly #given: Surroundings;
  readonly #noteDisabling: NoteDisabling;
  readonly #networks: ReturnType<typeof networkList>;
  readonly #timer: Timer;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #isReading = false;
  /** It was woken while it was reading. */
  #isDue = false;

  constructor(given: Surroundings, noteDisabling: NoteDisabling) {
    this.#given = given;
    this.#noteDisabling = noteDisabling;
    this.#networks = networkList(given.config.webhookAllowedNetworks);
    this.#timer = given.clock.every(lookEveryMs, () => this.wake());
    this.wake();
  }

  /** There may be something to send. Never waits, and never fails. */
  wake(): void {
    this.#isDue = true;
    if (!this.#isReading) this.#run(() => this.#read());
    this.#begin();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isDue) {
        this.#isDue = false;
        while (await this.#readSome()) this.#begin();
      }
    } finally {
      this.#isReading = false;
    }
  }

  async #readSome(): Promise<boolean> {
    const { db, clock } = this.#given;
    return !this.#stopping.signal.aborted && fanOut(db, clock.now());
  }

  #begin(): void {
    // Each of those that are running looks again before it ends; what slips through is found at the next look.
    if (this.#running.size < atOnce) this.#run(() => this.#sendAll());
  }

  #run(work: () => Promise<void>): void {
    if (this.#stopping.signal.aborted) return;
    const running = work()
      .catch((error: unknown) => this.#given.log.error("webhooks not sent", { error: describeError(error) }))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #sendAll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const { claim } = await transact(this.#given.db, (tx) => this.#claim(tx));
      if (!claim) return;
      this.#begin();
      await this.#send(claim);
    }
  }

  async #claim(tx: Db): Promise<Decided & { readonly claim?: Claim }> {
    const now = this.#given.clock.now();
    const webhook = await claimWebhook(tx, { now, claimedUntil: now + claimMs });
    const delivery = webhook && (await takeDelivery(tx, webhook.id, now));
    return delivery ? { claim: { webhook, delivery } } : { refused: "nothingDue" };
  }

  async #send(claim: Claim): Promise<void> {
    const { db, clock } = this.#given;
    const at = clock.now();
    const tooLong = new AbortController();
    const timer = clock.after(attemptMs, () => tooLong.abort());
    const signal = AbortSignal.any([tooLong.signal, this.#stopping.signal]);
    const outcome = await this.#post(claim, at, signal).catch((error: unknown): Outcome => {
      return { error: tooLong.signal.aborted ? `no answer within ${attemptMs / 1000} seconds` : wordsFor(error) };
    });
    timer.cancel();
    // An attempt that was given up for a stop is none: it is due again at once.
    if (this.#stopping.signal.aborted && outcome.status === undefined)
      await releaseWebhook(db, claim.webhook, clock.now());
    else await transact(db, (tx) => this.#settle(tx, claim, at, outcome));
  }

  async #post({ webhook, delivery: { id, body } }: Claim, at: number, signal: AbortSignal): Promise<Outcome> {
    const secrets = this.#secretsOf(webhook, at);
    if (!secrets) return { error: "its secret was sealed with another signing key: rotate it" };
    const timestamp = Math.floor(at / 1000);
    const headers = {
      "content-type": "application/json",
      "user-agent": "Latchkey-Webhooks",
      "webhook-id": id,
      "webhook-timestamp": `${timestamp}`,
      "webhook-signature": webhookSignatures(secrets, { id, timestamp, body }),
    };
    const { status, text } = await post({ url: new URL(webhook.url), headers, body }, this.#networks, signal);
    return { status, answer: text, error: wordsForStatus(status) };
  }

  #secretsOf({ sealedSecret, previousSealedSecret, previousSecretUntil }: Webhook, at: number): string[] | undefined {
    const { webhookSecrets } = this.#given;
    const secret = webhookSecrets.open(sealedSecret);
    if (secret === undefined) return undefined;
    const isPreviousGood = previousSecretUntil !== null && previousSecretUntil > at;
    const previous = isPreviousGood && webhookSecrets.open(previousSealedSecret ?? "");
    return previous ? [secret, previous] : [secret];
  }

  async #settle(tx: Db, { webhook, delivery }: Claim, at: number, outcome: Outcome): Promise<Decided> {
    const { status, answer, error } = outcome;
    const now = this.#given.clock.now();
    const { id: deliveryId, attempts: number } = delivery;
    // Rows are locked in the order webhook, delivery.
    await releaseWebhook(tx, webhook, now);
    const current = await (error === undefined ? noteSuccess(tx, webhook.id) : noteFailure(tx, webhook.id, at));
    await insertAttempt(tx, {
      ...{ deliveryId, number, at, durationMs: now - at },
      ...{ status: status ?? null, answer: answer ?? null, error: error ?? null },
    });
    const isGone = status === 410;
    const pauseMs = isGone ? undefined : pauseAfter(number - delivery.attemptsBefore);
    if (error === undefined) await endDelivered(tx, delivery);
    else await endFailed(tx, delivery, pauseMs === undefined ? undefined : now + pauseMs);
    const isFailing = (current?.firstFailedAt ?? now) <= now - failingMs;
    if (current?.disabledAt === null && (isGone || isFailing)) {
      const disabledBecause = isGone ? "gone" : "failing";
      const disabled = await changeWebhook(tx, webhook.id, { disabledAt: now, disabledBecause });
      await this.#noteDisabling(tx, current, disabled);
    }
    return {};
  }

  /** What is being sent is given up, and is due again at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    this.#stopping.abort();
    await Promise.all(this.#running);
  }
}
