/** What is said about variables. */
export const variables = {
  title: "Variables",
  about: "Texts that your program reads while it runs: change them here, without a new version.",
  caption: "Variables of this application",
  name: "Name",
  content: "Content",
  visibility: "Who may read it",
  public: "Public",
  protected: "Protected",
  publicHint: "Every client of yours may read it, also before it is authorized.",
  protectedHint: "Only sessions with a license or an account may read it.",
  any: "Public or protected",
  search: "Search by name",

  empty: {
    title: "No variable yet",
    about: "Keep an address, a message or a switch here that your program asks for by name.",
  },

  create: {
    action: "Create variable",
    title: "Create variable",
    nameHint: "3 to 256 characters. Programs ask for it by this name.",
    exists: "There is a variable of this name already.",
    openIt: "Open it",
    done: "The variable is created.",
  },

  edit: {
    action: "Edit",
    label: (name: string) => `Edit ${name}`,
    title: (name: string) => `Edit ${name}`,
    done: "The variable is saved.",
    characters: (count: number, of: number) => `${count.toLocaleString("en")} of ${of.toLocaleString("en")} characters`,
  },

  conflict: {
    title: "Someone else has changed it",
    about: "While you were editing, it became something else. Nothing is lost: choose which it shall be.",
    gone: "While you were editing, it was deleted. You can create it again with what you have.",
    theirs: "On the server now",
    mine: "What you have",
    takeTheirs: "Take theirs",
    keepMine: "Save mine over it",
    createAgain: "Create it again",
  },

  delete: {
    action: "Delete",
    label: (name: string) => `Delete ${name}`,
    title: (name: string) => `Delete ${name}?`,
    consequences: ["Programs that ask for it are told that it does not exist."],
    done: (name: string) => `${name} is deleted.`,
    undone: (name: string) => `${name} is back.`,
  },
} as const;
