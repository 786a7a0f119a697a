import type { Wording } from "./wording.ts";

export const german: Wording = {
  language: "de",
  confirm: {
    mail: {
      subject: "Bestätigen Sie Ihre E-Mail-Adresse für {application}",
      text: "Bitte bestätigen Sie, dass diese E-Mail-Adresse zu Ihrem Konto bei {application} gehört:",
      action: "Adresse bestätigen",
      validity: "Dieser Link gilt 7 Tage, bis {until}.",
      otherwise: "Wenn Sie sich nicht bei {application} angemeldet haben, brauchen Sie nichts zu tun.",
    },
    page: {
      title: "E-Mail-Adresse bestätigen",
      text: "Bitte bestätigen Sie, dass Ihre E-Mail-Adresse zu Ihrem Konto bei {application} gehört.",
      button: "Adresse bestätigen",
      doneTitle: "Adresse bestätigt",
      doneText: "Vielen Dank. Sie können sich jetzt bei {application} anmelden.",
    },
  },
  recover: {
    mail: {
      subject: "Neues Passwort für {application}",
      text: "Jemand hat für Ihr Konto bei {application} ein neues Passwort angefordert. Hier können Sie es festlegen:",
      action: "Neues Passwort festlegen",
      validity: "Dieser Link gilt 1 Stunde, bis {until}, und nur einmal.",
      otherwise: "Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.",
    },
    page: {
      title: "Neues Passwort festlegen",
      text: "Wählen Sie ein neues Passwort für Ihr Konto bei {application}. Sie werden überall abgemeldet.",
      button: "Passwort festlegen",
      doneTitle: "Passwort geändert",
      doneText: "Sie können sich jetzt mit dem neuen Passwort bei {application} anmelden.",
    },
  },
  newPassword: "Neues Passwort",
  passwordLength: "{min} bis 256 Zeichen",
  passwordRefused: "Dieses Passwort ist zu kurz oder zu lang: Es muss {min} bis 256 Zeichen haben.",
  linkInvalid: {
    title: "Dieser Link ist nicht gültig",
    text: "Er ist abgelaufen, wurde schon benutzt oder durch einen neueren ersetzt. Fordern Sie dort einen neuen an, wo Sie diesen bekommen haben.",
  },
  tooManyRequests: {
    title: "Zu viele Anfragen",
    text: "Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.",
  },
  failed: {
    title: "Etwas ist schiefgegangen",
    text: "Das hat nicht geklappt, und es liegt nicht an Ihnen. Bitte versuchen Sie es später noch einmal.",
  },
};
