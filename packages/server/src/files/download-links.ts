import * as v from "valibot";
import type { Seal } from "#crypto/seal.ts";
import type { PublicUrl } from "#public-url.ts";

const claimShape = v.strictObject({
  file: v.string(),
  authorization: v.string(),
  offset: v.number(),
  until: v.number(),
});

/** What a link stands for. */
export type DownloadClaim = v.InferOutput<typeof claimShape>;

/** Makes and reads the links of downloads. All that a link holds is sealed: it tells nothing and cannot be made up. */
export class DownloadLinks {
  readonly #seal: Seal;
  readonly #publicUrl: PublicUrl;

  constructor(seal: Seal, publicUrl: PublicUrl) {
    this.#seal = seal;
    this.#publicUrl = publicUrl;
  }

  /** Throws where there is no key, before a client asks for a link. */
  demandKey(): void {
    this.#seal.demandKey();
  }

  issue(claim: DownloadClaim): string {
    return `${this.#publicUrl.ofServer}/files/${this.#seal.close(JSON.stringify(claim))}`;
  }

  /** `undefined`: not one of ours, or changed. */
  read(sealed: string): DownloadClaim | undefined {
    const text = this.#seal.open(sealed);
    return text === undefined ? undefined : v.parse(claimShape, JSON.parse(text));
  }
}
