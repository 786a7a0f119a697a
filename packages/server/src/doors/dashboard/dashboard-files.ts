/** The dashboard as it was built: `index.html`, and what it loads under `assets/`, by their paths within the build. */
export type DashboardFiles = ReadonlyMap<string, Uint8Array>;
