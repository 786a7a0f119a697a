/** What is said about the clients and addresses that are kept out. */
export const blacklist = {
  title: "Blacklist",
  about: "Clients and addresses that this application does not want to see again.",
  caption: "Clients and addresses that are kept out",
  search: "Search by value or comment",
  value: "Client or address",
  kind: "Kind",
  anyKind: "Clients and addresses",
  kinds: { client: "Client", address: "Address" },
  madeBy: "Added by",
  anyMaker: "Added by anybody",
  makers: { operator: "An operator", client: "The client itself" },
  comment: "Comment",
  created: "Added",

  empty: {
    title: "Nobody is kept out",
    about: "Add the client id or the address of who abuses your program. You can also do it from a live session.",
  },

  add: {
    action: "Add to the blacklist",
    title: "Add to the blacklist",
    submit: { client: "Blacklist client", address: "Blacklist address" },
    hints: {
      client: "The client id, exactly as the program says it",
      address: "One IPv4 or IPv6 address, such as 203.0.113.7",
    },
    addressInvalid: "That is no IP address.",
  },

  remove: {
    action: "Remove",
    label: (value: string) => `Remove ${value}`,
    done: (value: string) => `${value} may connect again.`,
    undone: (value: string) => `${value} is kept out again.`,
  },
} as const;
