import type { Wording } from "./wording.ts";

export const french: Wording = {
  language: "fr",
  confirm: {
    mail: {
      subject: "Confirmez votre adresse e-mail pour {application}",
      text: "Veuillez confirmer que cette adresse e-mail appartient à votre compte {application} :",
      action: "Confirmer l’adresse",
      validity: "Ce lien est valable 7 jours, jusqu’au {until}.",
      otherwise: "Si vous n’avez pas créé de compte {application}, vous n’avez rien à faire.",
    },
    page: {
      title: "Confirmez votre adresse e-mail",
      text: "Veuillez confirmer que votre adresse e-mail appartient à votre compte {application}.",
      button: "Confirmer l’adresse",
      doneTitle: "Adresse confirmée",
      doneText: "Merci. Vous pouvez maintenant vous connecter à {application}.",
    },
  },
  recover: {
    mail: {
      subject: "Nouveau mot de passe pour {application}",
      text: "Quelqu’un a demandé un nouveau mot de passe pour votre compte {application}. Vous pouvez le choisir ici :",
      action: "Choisir un nouveau mot de passe",
      validity: "Ce lien est valable 1 heure, jusqu’au {until}, et ne sert qu’une fois.",
      otherwise: "Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe reste inchangé.",
    },
    page: {
      title: "Choisissez un nouveau mot de passe",
      text: "Choisissez un nouveau mot de passe pour votre compte {application}. Vous serez déconnecté partout.",
      button: "Enregistrer le mot de passe",
      doneTitle: "Mot de passe modifié",
      doneText: "Vous pouvez maintenant vous connecter à {application} avec votre nouveau mot de passe.",
    },
  },
  newPassword: "Nouveau mot de passe",
  passwordLength: "{min} à 256 caractères",
  passwordRefused: "Ce mot de passe est trop court ou trop long : il doit avoir de {min} à 256 caractères.",
  linkInvalid: {
    title: "Ce lien n’est pas valable",
    text: "Il a expiré, a déjà servi ou a été remplacé par un lien plus récent. Demandez-en un nouveau là où vous avez obtenu celui-ci.",
  },
  tooManyRequests: { title: "Trop de demandes", text: "Veuillez patienter une minute, puis réessayer." },
  failed: {
    title: "Une erreur s’est produite",
    text: "Cela n’a pas fonctionné, et ce n’est pas de votre faute. Veuillez réessayer plus tard.",
  },
};
