import { randomUUID } from "node:crypto";
import type { OperationName } from "@latchkey/protocol";
import type { Clock } from "#clock.ts";
import type { Histogram } from "./histogram.ts";
import type { Log } from "./log.ts";
import type { Cell, Metrics } from "./metrics.ts";
import { currentRequest } from "./request-context.ts";
import type { Tally } from "./tally.ts";
import type { Traces } from "./traces.ts";

/** Who asked. */
interface Asking {
  readonly door: string;
}

interface Sinks {
  readonly metrics: Metrics;
  readonly tally: Tally;
  readonly clock: Clock;
  /** Absent: operations are not logged. */
  readonly log?: Log | undefined;
  /** Absent: there are none. */
  readonly traces?: Traces | undefined;
}

interface Meters {
  readonly seconds: Histogram;
  readonly outcomes: Map<string, Cell>;
}

/** Tells of every operation, whichever door it came through: the metrics, the applications' tally, the log, the traces. */
export class OperationReport {
  readonly #sinks: Sinks;
  readonly #meters = new Map<string, Map<OperationName, Meters>>();

  constructor(sinks: Sinks) {
    this.#sinks = sinks;
  }

  begin(operation: OperationName, { door }: Asking): RunningOperation {
    return new RunningOperation(operation, door, this.#ended);
  }

  readonly #ended = (running: RunningOperation, outcome: string, applicationId: string | undefined): void => {
    const { metrics, tally, clock, log, traces } = this.#sinks;
    const { operation, door } = running;
    const ms = performance.now() - running.begunAt;
    const { seconds, outcomes } = this.#metersOf(operation, door);
    seconds.observeMs(ms);
    let cell = outcomes.get(outcome);
    if (!cell) outcomes.set(outcome, (cell = metrics.cell("latchkey_operations_total", operation, door, outcome)));
    cell.value++;
    const isOfClient = door === "live" || door === "user-service";
    if (applicationId !== undefined && isOfClient) tally.operation(applicationId, operation, outcome, clock.now());
    if (!log && !traces) return;
    const { requestId } = running;
    log?.info("operation", { requestId, door, operation, outcome, ms: Math.round(ms * 1000) / 1000 });
    traces?.operation({ operation, door, outcome, requestId, ms, endedAt: clock.now() });
  };

  #metersOf(operation: OperationName, door: string): Meters {
    let ofDoor = this.#meters.get(door);
    if (!ofDoor) this.#meters.set(door, (ofDoor = new Map<OperationName, Meters>()));
    let meters = ofDoor.get(operation);
    if (!meters) {
      const seconds = this.#sinks.metrics.histogram("latchkey_operation_seconds", operation, door);
      ofDoor.set(operation, (meters = { seconds, outcomes: new Map() }));
    }
    return meters;
  }
}

type Ended = (running: RunningOperation, outcome: string, applicationId: string | undefined) => void;

/** An operation from its call to its outcome. */
export class RunningOperation {
  readonly operation: OperationName;
  readonly door: string;
  /** Not by the server's clock: this is what it really took. */
  readonly begunAt = performance.now();
  readonly #ended: Ended;
  #requestId: string | undefined;

  constructor(operation: OperationName, door: string, ended: Ended) {
    this.operation = operation;
    this.door = door;
    this.#ended = ended;
  }

  /** That of the HTTP request, else its own. */
  get requestId(): string {
    return (this.#requestId ??= currentRequest()?.id ?? randomUUID());
  }

  /** `applicationId`: the one that it was about, which exists. */
  ended(outcome: string, applicationId: string | undefined): void {
    this.#ended(this, outcome, applicationId);
  }
}
