import type { Scope } from "@latchkey/protocol";

type Resource<S extends Scope = Scope> = S extends `${infer R}:${string}` ? R : never;
type Verb<S extends Scope = Scope> = S extends `${string}:${infer V}` ? V : never;

interface ScopeWords {
  readonly resources: Readonly<Record<Resource, string>>;
  readonly verbs: Readonly<Record<Verb, string>>;
}

const scopeWords: ScopeWords = {
  resources: {
    applications: "Applications",
    accounts: "Accounts",
    licenses: "Licenses",
    roles: "Roles",
    sessions: "Sessions",
    variables: "Variables",
    blacklists: "Blacklists",
    files: "Files",
    webhooks: "Webhooks",
    operators: "Operators",
    keys: "Management keys",
    audit: "Audit log",
    metrics: "Metrics",
  },
  verbs: {
    create: "Create",
    read: "Read",
    update: "Change",
    delete: "Delete",
    export: "Export with password hashes",
    disconnect: "Disconnect",
    upload: "Upload",
  },
};

/** What is said about the keys of programs. */
export const keys = {
  ...scopeWords,
  title: "Management keys",
  about: "For your shop, your build server and your scripts. A key does what its scopes say, and nothing else.",
  caption: "Management keys of this server",
  name: "Name",
  state: "State",
  states: { active: "Active", expiring: "Expires soon", expired: "Expired", revoked: "Revoked" },
  scopes: "Scopes",
  applications: "Applications",
  allApplications: "All",
  lastUsed: "Last used",
  expires: "Expires",
  created: "Created",
  endsIn: (lastFour: string) => `lk_mgmt_…${lastFour}`,
  by: (name: string) => `by ${name}`,
  emptyTitle: "No management key yet",
  emptyAbout: "With one, your shop sells licenses by itself. Give it the two scopes it needs, and no more.",

  create: {
    action: "Create key",
    title: "Create a management key",
    nameHint: "What uses it, such as “Shop”.",
    preset: "What is it for?",
    presets: {
      sell: "Sell licenses",
      support: "Help customers",
      publish: "Publish files",
      watch: "Watch the server",
    },
    scopesHint: "What it may do. Nobody gives a key more than they may do themselves.",
    chosen: (count: number) => (count === 1 ? "1 scope" : `${count} scopes`),
    someApplications: "Only some applications",
    someApplicationsHint: "Others do not exist for it.",
    choose: "Choose applications",
    valid: "Valid for",
    submit: "Create key",
  },
  made: {
    title: "The key is ready",
    about: "Copy it to where it is used. It is shown only now: the server keeps no way to get it back.",
    example: "Try it",
    kept: "I have copied it",
  },
  revoke: {
    action: "Revoke",
    label: (name: string) => `Revoke ${name}`,
    title: (name: string) => `Revoke “${name}”?`,
    lastUsed: "It was last used",
    neverUsed: "It has never been used.",
    consequences: [
      "Whatever uses it is refused from now on.",
      "Keys that were made with it are revoked too.",
      "This cannot be undone; a new key has to be created and put in its place.",
    ],
    done: (name: string) => `“${name}” is revoked.`,
  },
} as const;
