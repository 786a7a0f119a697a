/** Under which the query client keeps who is signed in; `null`: nobody. */
export const ownOperatorKey = ["ownOperator"] as const;
