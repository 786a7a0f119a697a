import { clientCloseCodes } from "./client-close-codes.ts";

/** Close codes of the live protocol (§5). Never reused. */
export const CloseCode = {
  Normal: clientCloseCodes.Normal,
  InvalidUtf8: 1007,
  FrameTooLarge: 1009,
  ServerRestarting: 1012,
  InternalServerError: clientCloseCodes.InternalServerError,
  DisconnectedFromPanel: 4100,
  AppPaused: 4101,
  AppDeleted: 4102,
  NotInitialized: 4200,
  RateLimited: clientCloseCodes.RateLimited,
  InitializeTimeout: 4202,
  Blacklisted: 4203,
  ClientIdBlacklisted: 4204,
  InitializeFailed: 4205,
  InvalidEnvelope: 4300,
  UnknownType: 4301,
  InvalidBody: 4302,
  UnsupportedData: 4304,
  ResumeFailed: clientCloseCodes.ResumeFailed,
  ResumeIdUnknown: clientCloseCodes.ResumeIdUnknown,
  ResumedElsewhere: 4450,
  SlowReader: 4451,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
