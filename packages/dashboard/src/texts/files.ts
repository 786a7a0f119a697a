/** What is said about files. */
export const files = {
  title: "Files",
  about: "What your program may download: only sessions with a license or an account are given a link.",
  caption: "Files of this application",
  name: "Name",
  size: "Size",
  checksum: "SHA-256",
  downloads: "Downloads",
  lastDownload: "Last download",
  created: "Uploaded",
  never: "Never",
  search: "Search by name",

  drop: {
    title: "Drop files here",
    or: "or",
    choose: "Choose files",
    about: "Up to 5 GiB each. A file of the same name is replaced.",
    over: "Let go to upload",
  },

  empty: {
    title: "No file yet",
    about: "Upload an installer or an update above. Your program asks for it by its name.",
  },

  upload: {
    title: "Uploads",
    waiting: "Waiting",
    checking: (percent: number) => `Computing the checksum… ${percent} %`,
    sending: (sent: string, of: string) => `${sent} of ${of}`,
    storing: "Being stored…",
    done: "Uploaded",
    cancelled: "Cancelled",
    cancel: "Cancel",
    cancelLabel: (name: string) => `Cancel the upload of ${name}`,
    retry: "Try again",
    retryLabel: (name: string) => `Try to upload ${name} again`,
    clear: "Clear the list",
    progress: (name: string) => `Upload of ${name}`,
    nameInvalid: "A name has 4 to 255 characters, without slashes.",
    tooLarge: "It is larger than 5 GiB.",
  },

  replace: {
    title: (count: number) => (count === 1 ? "Replace a file?" : `Replace ${count} files?`),
    about: (names: string) => `There already: ${names}`,
    consequences: [
      "Programs that ask for it from now on get the new content.",
      "Links that were given out for the old one lead nowhere; downloads that run come to their end.",
    ],
    action: "Replace",
  },

  delete: {
    action: "Delete",
    label: (name: string) => `Delete ${name}`,
    title: (name: string) => `Delete ${name}?`,
    consequences: (downloads: number) => [
      "Programs that ask for it are told that it does not exist.",
      downloads === 0
        ? "Nobody has downloaded it yet."
        : downloads === 1
          ? "It was downloaded once so far."
          : `It was downloaded ${downloads.toLocaleString("en")} times so far.`,
      "Its content is gone for good: keep a copy.",
    ],
    done: (name: string) => `${name} is deleted.`,
  },
} as const;
