/** What is said about mails. */
export const mails = {
  title: "Mails",
  about: "What your users read when they confirm an address or forget a password, in your own words.",
  kind: "Mail",
  kinds: { confirm: "Confirm an address", recover: "Set a new password" },
  language: "Language",
  languages: { en: "English", de: "Deutsch", es: "Español", fr: "Français", it: "Italiano", pt: "Português" },
  changed: "In your words",
  unsaved: "Not saved",
  ownSince: "These are your words. Last changed:",
  server: "These are the words that come with the server.",

  fields: {
    title: "Words",
    about: "{application} becomes the name of the application, {until} when the link ends.",
    subject: "Subject",
    text: "Text before the link",
    action: "Name of the link",
    actionHint: "On its button, where mails have one",
    validity: "How long it is valid",
    otherwise: "For who did not ask for it",
  },
  save: { action: "Save", done: "The next mail says this." },

  reset: {
    action: "Use the server’s words",
    title: "Go back to the words of the server?",
    consequences: ["The next mail of this kind and language says what comes with the server.", "Your words are gone."],
    done: "The server’s words are back.",
    undone: "Your words are back.",
  },

  preview: {
    title: "Preview",
    about: "As it would be sent now, in its form as plain text. Its link leads nowhere.",
  },
} as const;
