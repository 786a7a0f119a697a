export const variables = {} as const;
