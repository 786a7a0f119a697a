import type { Wording } from "./wording.ts";

export const portuguese: Wording = {
  language: "pt",
  confirm: {
    mail: {
      subject: "Confirme seu endereço de e-mail para {application}",
      text: "Confirme que este endereço de e-mail pertence à sua conta em {application}:",
      action: "Confirmar endereço",
      validity: "Este link é válido por 7 dias, até {until}.",
      otherwise: "Se você não se cadastrou em {application}, não precisa fazer nada.",
    },
    page: {
      title: "Confirme seu endereço de e-mail",
      text: "Confirme que seu endereço de e-mail pertence à sua conta em {application}.",
      button: "Confirmar endereço",
      doneTitle: "Endereço confirmado",
      doneText: "Obrigado. Agora você pode entrar em {application}.",
    },
  },
  recover: {
    mail: {
      subject: "Nova senha para {application}",
      text: "Alguém pediu uma nova senha para a sua conta em {application}. Você pode escolhê-la aqui:",
      action: "Escolher nova senha",
      validity: "Este link é válido por 1 hora, até {until}, e só uma vez.",
      otherwise: "Se não foi você, não precisa fazer nada: sua senha continua a mesma.",
    },
    page: {
      title: "Escolha uma nova senha",
      text: "Escolha uma nova senha para a sua conta em {application}. Todas as suas sessões serão encerradas.",
      button: "Salvar senha",
      doneTitle: "Senha alterada",
      doneText: "Agora você pode entrar em {application} com a nova senha.",
    },
  },
  newPassword: "Nova senha",
  passwordLength: "De {min} a 256 caracteres",
  passwordRefused: "Esta senha é curta ou longa demais: ela deve ter de {min} a 256 caracteres.",
  linkInvalid: {
    title: "Este link não é válido",
    text: "Ele expirou, já foi usado ou foi substituído por um mais recente. Peça um novo onde você obteve este.",
  },
  tooManyRequests: { title: "Solicitações demais", text: "Espere um minuto e tente de novo." },
  failed: { title: "Algo deu errado", text: "Não funcionou, e a culpa não é sua. Tente de novo mais tarde." },
};
