import { KeyedHash } from "./keyed-hash.ts";
import { Seal } from "./seal.ts";
import type { Purpose } from "./signing-key.ts";

/** How the secrets of operators and of management keys are kept. */
export class OperatorSecrets {
  readonly managementKeys: KeyedHash;
  readonly recoveryCodes: KeyedHash;
  /** What authenticators compute their codes from has to be read again. */
  readonly secondFactors: Seal;

  constructor(keyFor: (purpose: Purpose) => Buffer) {
    this.managementKeys = new KeyedHash(() => keyFor("management keys"));
    this.recoveryCodes = new KeyedHash(() => keyFor("recovery codes"));
    this.secondFactors = new Seal(() => keyFor("second factors"));
  }
}
