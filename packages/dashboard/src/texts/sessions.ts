/** What is said about live sessions. */
export const sessions = {
  title: "Live sessions",
  about: "Who uses your program right now. The list keeps itself up to date.",
  caption: "Sessions of this application",
  search: "Search by client id or address",
  counts: {
    connected: "connected",
    authorized: "authorized",
    all: "in all",
  },

  client: "Client",
  noClient: "No client id",
  who: "Authorized by",
  nobody: "Nothing yet",
  address: "Address",
  door: "Door",
  doors: { live: "Live", "user-service": "User service" },
  anyDoor: "Any door",
  since: "Since",
  lastSeen: "Last seen",
  state: "State",
  states: { connected: "Connected", lost: "Connection lost", signedIn: "Signed in" },
  anyState: "Connected or not",
  filterConnected: { true: "Connected", false: "Not connected" },
  anyAuthorization: "Authorized or not",
  filterAuthorized: { true: "Authorized", false: "Not authorized" },
  connection: "Connection",
  authorization: "Authorization",
  exact: { clientId: "Client", account: "Account", license: "License", address: "Address" },
  removeFilter: (name: string) => `Remove the filter ${name}`,

  empty: {
    title: "Nobody is connected",
    about: "Sessions appear here by themselves as soon as your program connects.",
    action: "Connect your program",
  },

  one: {
    title: "Session",
    gone: "This session has ended",
    goneAbout: "It was ended, or its client has left.",
    id: "Id",
    account: "Account",
    license: "License",
    expires: "Authorized until",
    show: "More of",
    all: { clientId: "All of this client", address: "All from this address" },
  },

  end: {
    action: "End session",
    label: (who: string) => `End the session of ${who}`,
    title: (who: string) => `End the session of ${who}?`,
    consequences: [
      "Its client is told and disconnected at once; its token works no more.",
      "They may connect and sign in again. To keep them out, blacklist the client or the address.",
    ],
    done: "The session is ended.",
  },
  endMany: {
    action: "End sessions",
    title: (count: string) => (count === "1" ? "End 1 session?" : `End ${count} sessions?`),
    consequences: ["Their clients are told and disconnected. They may come back."],
  },
  blacklist: {
    client: {
      action: "Blacklist client",
      title: (value: string) => `Blacklist the client “${value}”?`,
      done: "The client is blacklisted.",
    },
    address: {
      action: "Blacklist address",
      title: (value: string) => `Blacklist the address ${value}?`,
      done: "The address is blacklisted.",
    },
    counting: "Counting its sessions…",
    affected: (count: string, isOne: boolean) =>
      isOne ? "1 session of it is there now." : `${count} sessions of it are there now.`,
    consequences: [
      "Its live clients are told and disconnected at once.",
      "It cannot connect again while it is on the list.",
    ],
    sharedAddress: "Many people may share an address: a company, a school, a mobile network.",
    undone: "It is off the list.",
  },
} as const;
