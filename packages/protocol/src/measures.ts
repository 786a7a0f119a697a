const hourMs = 3_600_000;

/** What is older is kept by the hour. */
export const minutesAreKeptMs = 48 * hourMs;
/** Thirteen months, so that a month can be compared with the same one of the year before. */
export const measuresAreKeptMs = 400 * 24 * hourMs;
/** The points of the longest series. */
export const metricsPointsAtMost = 500;
