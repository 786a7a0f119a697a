/** What went wrong, and what can be done about it. Where a code is not named here, the server's own words are shown. */
export const problems = {
  unreachableTitle: "The server cannot be reached",
  unreachable: "It may be restarting, or your connection is gone. Nothing was lost; try again in a moment.",
  forbiddenTitle: "You are not allowed to see this",
  forbidden: "Your role does not include it. An owner can change your role.",
  notFoundTitle: "There is nothing here",
  notFound: "It may have been deleted, or the address is not complete.",
  failedTitle: "That did not work",
  failed: "The server failed. Its log has more under the request id below.",
  crashedTitle: "This page has failed",
  crashed: "That is a mistake in the dashboard. What you did before is safe on the server.",
  newVersionTitle: "There is a newer version",
  newVersion: "The server was updated while this page was open.",
  changedMeanwhile: "Someone else changed this while you were editing it.",
  changedMeanwhileAbout: "Load what is there now. What you entered stays where the other person changed nothing.",
  loadCurrent: "Load what is there now",
  tooManyRequests: (seconds: number | undefined) =>
    seconds === undefined ? "Too many attempts. Try again later." : `Too many attempts. Try again in ${seconds} s.`,
  requestId: (id: string) => `Request id ${id}`,
} as const;
