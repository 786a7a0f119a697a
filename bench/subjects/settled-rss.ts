/** Bytes that the process keeps once what is garbage has been collected. */
export async function settledRss(): Promise<number> {
  for (let time = 0; time < 3; time++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    globalThis.gc?.();
  }
  return process.memoryUsage.rss();
}
