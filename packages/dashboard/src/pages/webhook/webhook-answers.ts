import type { RoutedName } from "@latchkey/protocol";

/** What changes with a webhook. */
export const webhookAnswers: readonly RoutedName[] = ["showWebhook", "listWebhooks"];
