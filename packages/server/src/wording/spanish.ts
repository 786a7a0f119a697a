import type { Wording } from "./wording.ts";

export const spanish: Wording = {
  language: "es",
  confirm: {
    mail: {
      subject: "Confirme su dirección de correo para {application}",
      text: "Confirme que esta dirección de correo pertenece a su cuenta de {application}:",
      action: "Confirmar dirección",
      validity: "Este enlace es válido durante 7 días, hasta el {until}.",
      otherwise: "Si no se ha registrado en {application}, no tiene que hacer nada.",
    },
    page: {
      title: "Confirme su dirección de correo",
      text: "Confirme que su dirección de correo pertenece a su cuenta de {application}.",
      button: "Confirmar dirección",
      doneTitle: "Dirección confirmada",
      doneText: "Gracias. Ya puede iniciar sesión en {application}.",
    },
  },
  recover: {
    mail: {
      subject: "Nueva contraseña para {application}",
      text: "Alguien ha pedido una contraseña nueva para su cuenta de {application}. Puede elegirla aquí:",
      action: "Elegir nueva contraseña",
      validity: "Este enlace es válido durante 1 hora, hasta el {until}, y solo una vez.",
      otherwise: "Si no ha sido usted, no tiene que hacer nada: su contraseña no cambia.",
    },
    page: {
      title: "Elija una contraseña nueva",
      text: "Elija una contraseña nueva para su cuenta de {application}. Se cerrarán todas sus sesiones.",
      button: "Guardar contraseña",
      doneTitle: "Contraseña cambiada",
      doneText: "Ya puede iniciar sesión en {application} con su contraseña nueva.",
    },
  },
  newPassword: "Contraseña nueva",
  passwordLength: "De {min} a 256 caracteres",
  passwordRefused: "Esta contraseña es demasiado corta o demasiado larga: debe tener de {min} a 256 caracteres.",
  linkInvalid: {
    title: "Este enlace no es válido",
    text: "Ha caducado, ya se ha usado o lo ha sustituido uno más reciente. Pida uno nuevo donde obtuvo este.",
  },
  tooManyRequests: { title: "Demasiadas solicitudes", text: "Espere un minuto y vuelva a intentarlo." },
  failed: { title: "Algo ha salido mal", text: "No ha funcionado, y no es culpa suya. Inténtelo de nuevo más tarde." },
};
