import { KeyedHash } from "./keyed-hash.ts";
import { Seal } from "./seal.ts";
import type { Purpose } from "./signing-key.ts";

/** How the secrets of operators and of management keys are kept. */
export class OperatorSecrets {
  readonly managementKeys: KeyedHash;
  readonly recoveryCodes: KeyedHash;
  /** What authenticators compute their codes from has to be read again. */
  readonly secondFactors: Seal;
  /** Answers that are kept for whoever asks the same again. */
  readonly answers: Seal;

  constructor(keyFor: (purpose: Purpose) => Buffer) {
    this.managementKeys = new KeyedHash(() => keyFor("management keys"));
    this.recoveryCodes = new KeyedHash(() => keyFor("recovery codes"));
    this.answers = new Seal(() => keyFor("management answers"));
    this.secondFactors = new Seal(() => keyFor("second factors"));
  }
}
