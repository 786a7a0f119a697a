import * as v from "valibot";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";

export const mailKinds = ["confirm", "recover"] as const;
/** In which there are words for every mail and page. */
export const mailLanguages = ["en", "de", "es", "fr", "it", "pt"] as const;

const said = v.pipe(text, v.minLength(1), v.maxLength(2_000));

/** What a mail says around its link; `{application}` and `{until}` are filled in. */
const words = {
  subject: v.pipe(text, v.minLength(1), v.maxLength(200), v.regex(/^[^\r\n]*$/)),
  text: said,
  /** What the link is called where it is not spelled out. */
  action: v.pipe(text, v.minLength(1), v.maxLength(100)),
  validity: said,
  otherwise: said,
};
export const mailWords = v.object(words);

const templateShape = v.object({
  kind: v.picklist(mailKinds),
  language: v.picklist(mailLanguages),
  ...words,
  /** Absent: these are the words that come with the server. */
  changedAt: v.exactOptional(count),
});

const named = {
  applicationId: text,
  kind: v.picklist(mailKinds),
  language: v.picklist(mailLanguages),
};
const at = "/manage/v1/applications/{applicationId}/mail-templates";

/** What an application says in its mails, where that is not what the server says. */
export const mailTemplate = {
  /** One for each kind of mail and language. */
  listMailTemplates: operation({
    route: `GET ${at}`,
    gate: "applications:read",
    input: v.object({ applicationId: text }),
    output: v.object({ templates: v.array(templateShape) }),
    refuses: ["applicationNotFound"],
  }),

  /** From the next mail on. */
  setMailTemplate: operation({
    route: `PUT ${at}/{kind}/{language}`,
    gate: "applications:update",
    input: v.object({ ...named, ...words }),
    output: v.object({ template: templateShape }),
    refuses: ["applicationNotFound", "mailTemplateInvalid"],
  }),

  /** Back to the words that come with the server. */
  resetMailTemplate: operation({
    route: `DELETE ${at}/{kind}/{language}`,
    gate: "applications:update",
    input: v.object(named),
    output: v.object({ template: templateShape }),
    refuses: ["applicationNotFound"],
  }),

  /** A mail as it would be sent with these words; sends and changes nothing. */
  previewMailTemplate: operation({
    route: `POST ${at}/{kind}/{language}/preview`,
    gate: "applications:read",
    input: v.object({ ...named, ...words }),
    output: v.object({ subject: text, text, html: text }),
    refuses: ["applicationNotFound", "mailTemplateInvalid"],
  }),
};
