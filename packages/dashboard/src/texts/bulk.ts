/** What is said about things that are done to many records. */
export const bulk = {
  chosen: (count: string) => `${count} selected`,
  everything: (count: string) => `Select all ${count}`,
  running: (done: string, of: string) => `${done} of ${of}`,
  progress: "Progress",
  cancel: "Stop",
  sessionsEnd: (count: string) =>
    count === "1" ? "1 person will be signed out now." : `${count} people will be signed out now.`,
  finished: (count: number) =>
    count === 1 ? "1 record is changed." : `${count.toLocaleString("en")} records are changed.`,
  someFailed: (count: number) =>
    `${count.toLocaleString("en")} records could not be changed. The server's log says why.`,
} as const;
