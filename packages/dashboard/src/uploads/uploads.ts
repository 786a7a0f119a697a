import { limits, refusedFileName } from "@latchkey/protocol";
import { newKey } from "#api/new-key.ts";
import { queryClient } from "#api/query-client.ts";
import { describeProblem } from "#parts/describe-problem.ts";
import { texts } from "#texts/texts.ts";
import { checksumOf } from "./checksum-of.ts";
import { sendFile } from "./send-file.ts";

const words = texts.files.upload;

type UploadState =
  | { readonly step: "waiting" | "done" | "cancelled" }
  | { readonly step: "checking"; readonly share: number }
  | { readonly step: "sending"; readonly sent: number }
  | { readonly step: "failed"; readonly why: string; readonly isFinal: boolean };

export interface Upload {
  readonly id: string;
  readonly applicationId: string;
  readonly file: File;
  readonly state: UploadState;
}

interface Running {
  readonly id: string;
  readonly abort: AbortController;
}

/** What this browser uploads, one file after the other, on whatever page its user is meanwhile. */
class Uploads {
  #all: readonly Upload[] = [];
  #running: Running | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly list = (): readonly Upload[] => this.#all;

  add(applicationId: string, files: readonly File[]): void {
    const added = files.map((file) => ({ id: newKey(), applicationId, file, state: beginning(file) }));
    this.#tell([...this.#all, ...added]);
    this.#next();
  }

  retry(id: string): void {
    this.#become(id, { step: "waiting" });
    this.#next();
  }

  cancel(id: string): void {
    if (this.#running?.id === id) this.#running.abort.abort();
    this.#become(id, { step: "cancelled" });
  }

  /** Takes what is over from the list. */
  clear(applicationId: string): void {
    this.#tell(this.#all.filter((upload) => upload.applicationId !== applicationId || isOpen(upload)));
  }

  #next(): void {
    const upload = this.#all.find(({ state }) => state.step === "waiting");
    if (this.#running || !upload) return;
    const abort = new AbortController();
    this.#running = { id: upload.id, abort };
    removeEventListener("beforeunload", holdBack);
    addEventListener("beforeunload", holdBack);
    void this.#carryOut(upload, abort.signal)
      .then(
        () => this.#become(upload.id, { step: "done" }),
        (error: unknown) => {
          if (!abort.signal.aborted)
            this.#become(upload.id, { step: "failed", why: describeProblem(error), isFinal: false });
        },
      )
      .finally(() => {
        this.#running = undefined;
        removeEventListener("beforeunload", holdBack);
        this.#next();
      });
  }

  async #carryOut({ id, applicationId, file }: Upload, signal: AbortSignal): Promise<void> {
    const become = (state: UploadState) => {
      if (!signal.aborted) this.#become(id, state);
    };
    const checksum = await checksumOf(file, (share) => become({ step: "checking", share }), signal);
    const onSent = (sent: number) => become({ step: "sending", sent });
    await sendFile({ applicationId, name: file.name, file, checksum, signal, onSent });
    await queryClient.invalidateQueries({ queryKey: ["listFiles"] });
  }

  #become(id: string, state: UploadState): void {
    this.#tell(this.#all.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
  }

  #tell(all: readonly Upload[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}

export const uploads = new Uploads();

export function isOpen({ state: { step } }: Upload): boolean {
  return step === "waiting" || step === "checking" || step === "sending";
}

function beginning({ name, size }: File): UploadState {
  if (refusedFileName(name)) return { step: "failed", why: words.nameInvalid, isFinal: true };
  if (size > limits.fileSize.max) return { step: "failed", why: words.tooLarge, isFinal: true };
  return { step: "waiting" };
}

/** Asks before somebody closes the page in the middle of an upload. */
function holdBack(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
