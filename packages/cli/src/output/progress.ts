const barCells = 30;
const drawEveryMs = 100;

/** Passes a content on and draws how much of it has passed, in one line that is wiped at the end. */
export async function* withProgress(
  content: AsyncIterable<Uint8Array>,
  size: number,
  draw: (text: string) => void,
  now: () => number,
): AsyncGenerator<Uint8Array, void> {
  let passed = 0;
  let drawnAt = -Infinity;
  try {
    for await (const piece of content) {
      passed += piece.length;
      if (now() - drawnAt >= drawEveryMs) {
        drawnAt = now();
        draw(`\r${progressBar(passed, size)}`);
      }
      yield piece;
    }
  } finally {
    draw("\r\u001b[K");
  }
}

export function progressBar(passed: number, size: number): string {
  const part = size === 0 ? 1 : Math.min(passed / size, 1);
  const full = Math.floor(part * barCells);
  return `[${"#".repeat(full)}${".".repeat(barCells - full)}] ${`${Math.floor(part * 100)}`.padStart(3)} % of ${size} bytes`;
}
