import type { Wording } from "./wording.ts";

export const english: Wording = {
  language: "en",
  confirm: {
    mail: {
      subject: "Confirm your e-mail address for {application}",
      text: "Please confirm that this e-mail address belongs to your account with {application}:",
      action: "Confirm address",
      validity: "This link is valid for 7 days, until {until}.",
      otherwise: "If you have not signed up with {application}, you need not do anything.",
    },
    page: {
      title: "Confirm your e-mail address",
      text: "Please confirm that your e-mail address belongs to your account with {application}.",
      button: "Confirm address",
      doneTitle: "Address confirmed",
      doneText: "Thank you. You can sign in to {application} now.",
    },
  },
  recover: {
    mail: {
      subject: "Set a new password for {application}",
      text: "Somebody has asked for a new password of your account with {application}. You can set one here:",
      action: "Set new password",
      validity: "This link is valid for 1 hour, until {until}, and works once.",
      otherwise: "If it was not you, you need not do anything: your password stays as it is.",
    },
    page: {
      title: "Set a new password",
      text: "Choose a new password for your account with {application}. You will be signed out everywhere.",
      button: "Set password",
      doneTitle: "Password changed",
      doneText: "You can sign in to {application} with your new password now.",
    },
  },
  newPassword: "New password",
  passwordLength: "{min} to 256 characters",
  passwordRefused: "This password is too short or too long: it must have {min} to 256 characters.",
  linkInvalid: {
    title: "This link is not valid",
    text: "It has expired, has been used, or has been replaced by a newer one. Ask for a new link where you got this one.",
  },
  tooManyRequests: { title: "Too many requests", text: "Please wait a minute, and then try again." },
  failed: {
    title: "Something went wrong",
    text: "This did not work, and it is not your fault. Please try again later.",
  },
};
