import type { Wording } from "./wording.ts";

export const italian: Wording = {
  language: "it",
  confirm: {
    mail: {
      subject: "Confermi il suo indirizzo e-mail per {application}",
      text: "Confermi che questo indirizzo e-mail appartiene al suo account {application}:",
      action: "Conferma indirizzo",
      validity: "Questo link è valido per 7 giorni, fino al {until}.",
      otherwise: "Se non si è registrato a {application}, non deve fare nulla.",
    },
    page: {
      title: "Confermi il suo indirizzo e-mail",
      text: "Confermi che il suo indirizzo e-mail appartiene al suo account {application}.",
      button: "Conferma indirizzo",
      doneTitle: "Indirizzo confermato",
      doneText: "Grazie. Ora può accedere a {application}.",
    },
  },
  recover: {
    mail: {
      subject: "Nuova password per {application}",
      text: "Qualcuno ha chiesto una nuova password per il suo account {application}. Può sceglierla qui:",
      action: "Scegli nuova password",
      validity: "Questo link è valido per 1 ora, fino al {until}, e una volta sola.",
      otherwise: "Se non è stato lei, non deve fare nulla: la sua password resta la stessa.",
    },
    page: {
      title: "Scelga una nuova password",
      text: "Scelga una nuova password per il suo account {application}. Tutte le sessioni saranno chiuse.",
      button: "Salva password",
      doneTitle: "Password cambiata",
      doneText: "Ora può accedere a {application} con la nuova password.",
    },
  },
  newPassword: "Nuova password",
  passwordLength: "Da {min} a 256 caratteri",
  passwordRefused: "Questa password è troppo corta o troppo lunga: deve avere da {min} a 256 caratteri.",
  linkInvalid: {
    title: "Questo link non è valido",
    text: "È scaduto, è già stato usato o è stato sostituito da uno più recente. Ne chieda uno nuovo dove ha ottenuto questo.",
  },
  tooManyRequests: { title: "Troppe richieste", text: "Attenda un minuto e poi riprovi." },
  failed: { title: "Qualcosa è andato storto", text: "Non ha funzionato, e non è colpa sua. Riprovi più tardi." },
};
