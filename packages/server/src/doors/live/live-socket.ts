import { WebSocket } from "ws";

/**
 * A socket that answers the client's close frame only after `beforeAnswer`: whoever sees the answer to a goodbye may
 * count on the session having ended (LP-RES-7). The library calls `close` for frames of the client's, we call `end`.
 */
export class LiveSocket extends WebSocket {
  /** Must not reject. */
  beforeAnswer: (code: number) => Promise<void> = () => Promise.resolve();

  override close(code?: number, reason?: string | Buffer): void {
    void this.beforeAnswer(code ?? noCode).then(() => {
      super.close(code, reason);
    });
  }

  end(code: number, reason: string): void {
    super.close(code, reason);
  }
}

/** What a close frame without a code stands for. */
const noCode = 1005;
