/** What is said about actions on many records. */
export const bulk = {
  typeCount: (count: string) => `Type ${count} to confirm`,
  running: (done: number, of: number) => `${done.toLocaleString("en")} of ${of.toLocaleString("en")}`,
  cancelled: (done: number) => `Stopped. What was done stays done: ${done.toLocaleString("en")}.`,
  others: (unchanged: number, failed: number) =>
    [
      ...(unchanged > 0 ? [`${unchanged.toLocaleString("en")} were so already, or are gone`] : []),
      ...(failed > 0 ? [`${failed.toLocaleString("en")} failed: the server's log says why`] : []),
    ].join(" · "),
  cancel: "Stop",
  goOn: "Continue in the background",
} as const;
