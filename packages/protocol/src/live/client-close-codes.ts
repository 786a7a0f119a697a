/** The close codes that clients know something to do about; for the SDK, which ships without the others. */
export const clientCloseCodes = {
  Normal: 1000,
  InternalServerError: 4000,
  RateLimited: 4201,
  ResumeFailed: 4400,
  ResumeIdUnknown: 4401,
} as const;
