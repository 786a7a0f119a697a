import type { OperationName } from "@latchkey/protocol";

const minuteMs = 60_000;
/** What could not be written for so long is given up. */
const minutesAtMost = 60;

/** What an operation is counted as for its application when it has done what it was asked. */
const countedAs: { readonly [N in OperationName]?: string } = {
  authorizeByLicense: "authorizations",
  authorizeByCredentials: "authorizations",
  attach: "authorizations",
  login: "logins",
  loginAsGuest: "logins",
  socialLogin: "logins",
  completeSocialLogin: "logins",
  createAccount: "signUps",
  register: "signUps",
  logout: "logouts",
};

type Counts = Map<string, number>;

/** How often something was done within a minute. */
export interface Counted {
  readonly applicationId: string;
  readonly startsAt: number;
  readonly name: string;
  readonly count: number;
}

/** What the clients of each application did, by minute, until it is written. */
export class Tally {
  readonly #minutes = new Map<number, Map<string, Counts>>();

  /** `outcome` as in the metrics. */
  operation(applicationId: string, operation: OperationName, outcome: string, now: number): void {
    const counts = this.#countsOf(applicationId, now - (now % minuteMs));
    add(counts, "operations", 1);
    const name = outcome === "ok" ? countedAs[operation] : outcome === "internal" ? "failures" : `refused:${outcome}`;
    if (name !== undefined) add(counts, name, 1);
  }

  /** Everything that was counted since the last time. */
  take(): Counted[] {
    const taken = [...this.#minutes].flatMap(([startsAt, applications]) =>
      [...applications].flatMap(([applicationId, counts]) =>
        [...counts].map(([name, count]) => ({ applicationId, startsAt, name, count })),
      ),
    );
    this.#minutes.clear();
    return taken;
  }

  /** It could not be written: it is taken again next time. */
  putBack(taken: readonly Counted[]): void {
    for (const { applicationId, startsAt, name, count } of taken) {
      add(this.#countsOf(applicationId, startsAt), name, count);
    }
  }

  #countsOf(applicationId: string, startsAt: number): Counts {
    let applications = this.#minutes.get(startsAt);
    if (!applications) {
      applications = new Map();
      this.#minutes.set(startsAt, applications);
      if (this.#minutes.size > minutesAtMost) this.#minutes.delete(Math.min(...this.#minutes.keys()));
    }
    let counts = applications.get(applicationId);
    if (!counts) applications.set(applicationId, (counts = new Map<string, number>()));
    return counts;
  }
}

function add(counts: Counts, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
