import type { WebhookDisabling } from "@latchkey/protocol";

/** What is said about webhooks. */
export const webhooks = {
  title: "Webhooks",
  about: "Latchkey tells a program of yours what happens here, as it happens: signed, retried, and none lost.",
  caption: "Webhooks of this application",
  url: "Address",
  urlHint: "Where it is sent to by POST. It begins with https:// and leads to the internet.",
  description: "Description",
  descriptionHint: "For you alone",
  events: "Events",
  allEvents: "All events",
  eventCount: (count: number) => (count === 1 ? "1 event" : `${count} events`),
  state: "State",
  states: { enabled: "Enabled", disabled: "Disabled", failing: "Failing" },
  created: "Created",
  failingSince: "Failing since",
  disabledSince: "Disabled since",
  because: "Why",
  becauses: {
    operator: "An operator disabled it.",
    gone: "Its address answered 410: nobody is there any more.",
    failing: "It has taken nothing for five days.",
  } satisfies Record<WebhookDisabling, string>,

  empty: {
    title: "No webhook yet",
    about: "Give your shop, your chat or your own server an address here, and it hears of every sale, ban and change.",
  },

  choice: {
    all: "All events",
    allHint: "Also those that later versions bring",
    some: "Only these",
    someHint: (count: number) => (count === 1 ? "1 chosen" : `${count} chosen`),
    group: (name: string) => `Everything about ${name}`,
    groups: {
      license: "licenses",
      account: "accounts",
      session: "sessions",
      application: "the application",
      apiKey: "API keys",
      variable: "variables",
      file: "files",
      blacklistEntry: "the blacklist",
    },
  },

  create: {
    action: "Create webhook",
    title: "Create webhook",
    doneTitle: "The webhook is there",
    doneAbout:
      "Your program checks with this secret that a message is from here. Put it into its settings now: it is not shown again unless you reveal it.",
    secret: "Signing secret",
    open: "Go to the webhook",
  },
  edit: { action: "Edit", title: "Edit webhook", done: "The webhook is saved." },

  test: {
    action: "Send a test",
    done: "The test is on its way.",
    disabled: "Enable it first: nothing is sent to a webhook that is disabled.",
  },

  secret: {
    title: "Signing secret",
    about: "Every message is signed with it, as Standard Webhooks says.",
    reveal: "Reveal",
    rotate: "Rotate",
    rotateTitle: "Rotate the signing secret?",
    rotateConsequences: [
      "There is a new secret at once, which you see next.",
      "For 24 hours messages are signed with both, so that your program can change over without missing any.",
      "After that, whoever has only the old one can verify nothing.",
    ],
    rotated: "The secret is new.",
    verify: "How your program verifies a message",
    verifyAbout: "Any library for Standard Webhooks does it, over the body as it came:",
    example: [
      'import { Webhook } from "standardwebhooks";',
      "",
      "const webhook = new Webhook(process.env.WEBHOOK_SECRET);",
      "const event = webhook.verify(rawBody, request.headers);",
    ].join("\n"),
    previous: "The secret before this one signs, too, until",
  },

  deeds: {
    title: "Actions",
    disable: {
      action: "Disable",
      about: "Nothing is sent any more, and what happens meanwhile is not told later.",
      title: "Disable this webhook?",
      consequences: [
        "Your program hears nothing from now on.",
        "What happens while it is disabled is never sent. What waits already is sent once you enable it.",
      ],
      done: "The webhook is disabled.",
    },
    enable: {
      action: "Enable",
      about: "It is told what happens from now on, and what waited for it.",
      done: "The webhook is enabled.",
    },
    delete: {
      action: "Delete",
      about: "Forgets the address, the secret and every delivery.",
      title: "Delete this webhook?",
      consequences: [
        "Your program hears nothing from now on.",
        "Its secret and all its deliveries are gone. This cannot be taken back.",
      ],
      done: "The webhook is deleted.",
    },
  },

  deliveries: {
    title: "Deliveries",
    about: "Every message on its way, and what became of it. The newest first.",
    caption: "Deliveries of this webhook",
    event: "Event",
    anyEvent: "Any event",
    anyState: "Any state",
    states: { pending: "On its way", retried: "Retrying", delivered: "Delivered", failed: "Failed" },
    attempts: "Attempts",
    result: "Last answer",
    when: "Happened",
    next: "Next attempt",
    none: "None yet",
    empty: {
      title: "Nothing sent yet",
      about: "Send a test to see whether your program is reached and takes the signature.",
    },
  },

  delivery: {
    title: "Delivery",
    id: "webhook-id",
    attempt: (number: number) => `Attempt ${number}`,
    took: (ms: number) => `${ms.toLocaleString("en")} ms`,
    answer: "The first of what it answered",
    noAnswer: "It answered nothing.",
    noAttempt: "No attempt has ended yet.",
    body: "What is sent",
    attempts: "Attempts",
  },

  replay: {
    action: "Send again",
    label: (type: string) => `Send ${type} again`,
    about: "Your program gets it under the same webhook-id, and can tell that it knows it.",
    done: "It is on its way again.",
  },
  replayFailed: {
    action: "Send failed ones again",
    title: "Send failed deliveries again?",
    since: "Of what happened",
    spans: { hour: "In the last hour", day: "In the last 24 hours", week: "In the last 7 days", ever: "At any time" },
    consequences: [
      "Each is sent at once, and as often as a new one if need be.",
      "Your program may have done something about some of them: their webhook-id is the same.",
    ],
    done: (count: number) =>
      count === 0
        ? "None has failed in that time."
        : count === 1
          ? "1 delivery is on its way again."
          : `${count.toLocaleString("en")} deliveries are on their way again.`,
  },
} as const;
