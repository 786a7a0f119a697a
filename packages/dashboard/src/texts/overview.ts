/** What is said on the start page of an application. */
export const overview = {
  title: "Overview",
  cards: {
    online: "Online now",
    onlineHint: (connected: string) => `${connected} connected`,
    licenses: "Licenses",
    licensesHint: "in all",
    accounts: "Accounts",
    accountsHint: "in all",
    signUps: "Sign-ups today",
    signUpsHint: "since midnight",
  },
  licenseStates: "Licenses by state",
  range: "Time range",
  ranges: { hour: "1 hour", day: "24 hours", week: "7 days", month: "30 days" },
  charts: {
    online: { title: "Online users", about: "The most at a time", series: "Online" },
    authorizations: {
      title: "Authorizations",
      about: "Live sessions that got access",
      series: "Authorizations",
    },
    signUps: { title: "Sign-ups", about: "New accounts", series: "Sign-ups" },
    refusals: { title: "Refusals", about: "What clients were refused, by reason" },
  },
  others: "Others",
  total: "in all",
  highest: "at most",
  nothing: "Nothing in this time.",
  table: "Show as a table",
  time: "Time",
  read: (time: string) => `At ${time}`,
  keys: "Use the arrow keys to read the values.",

  start: {
    title: "What to do next",
    about: "Three steps, and this page fills itself.",
    license: { title: "Create a license", about: "A key that you sell or give away.", action: "Create licenses" },
    connect: {
      title: "Connect your program",
      about: "Paste this where it starts. The keys are those of this application.",
    },
    watch: {
      title: "Watch it come online",
      about: "It appears among the live sessions within a second.",
      action: "Open live sessions",
    },
  },
  connect: {
    title: "Connect your program",
    about: "With the SDK for Node, browsers and Electron. The key is that of this application.",
    copy: "The code",
    key: "WebSocket key",
    license: "PASTE-A-LICENSE-KEY",
    computer: "this-computer",
    failsClosed: "throws unless the license is valid",
  },
} as const;
