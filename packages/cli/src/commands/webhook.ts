import {
  deliveryStates,
  isWebhookEventName,
  type OutputOf,
  type WebhookEventName,
  webhookEventNames,
} from "@latchkey/protocol";
import { InvalidArgumentError } from "commander";
import { type Command, consoleCommand } from "../command.ts";
import { wrongUsage } from "../failure.ts";
import { choice, instant, type Option, requiredText, text } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { deliveryTable, webhookTable, webhookText } from "../output/webhook-text.ts";
import { pageOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

type Types = "all" | WebhookEventName[];

const app = requiredText("ID", "the application");
const url = "where messages go, such as https://example.com/hook";
const states = ["enabled", "disabled"] as const;
const description = text("D", "what it is for");
const events: Option<Types | undefined> = {
  placeholder: "T,T",
  about: 'the types of events that it is told, such as license.created, or "all"',
  read: readTypes,
};

export const webhook: readonly Command[] = [
  consoleCommand({
    name: "webhook create",
    about:
      "tell a program of yours what happens in an application, and show the secret that its messages are signed with",
    options: { app, url: requiredText("URL", url), events, description },
    async run({ console }, { app, url, events, description }) {
      const outcome = await console.call("createWebhook", {
        ...{ applicationId: app, url },
        ...(events !== undefined && { eventTypes: events }),
        ...(description !== undefined && { description }),
      });
      return outcome.ok ? withSecret(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "webhook list",
    about: "list the webhooks of an application",
    options: { app },
    async run({ console }, { app: applicationId }) {
      const outcome = await console.call("listWebhooks", { applicationId });
      if (!outcome.ok) return refused(outcome);
      const { webhooks } = outcome.output;
      return { json: webhooks.map(jsonRecord), text: webhookTable(webhooks) };
    },
  }),
  consoleCommand({
    name: "webhook show",
    about: "show a webhook, without its secret",
    argument: "W",
    options: { app },
    async run({ console }, { app: applicationId }, webhookId) {
      const outcome = await console.call("showWebhook", { applicationId, webhookId });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "webhook update",
    about: "change a webhook, disable it, or enable it again",
    argument: "W",
    options: { app, url: text("URL", url), events, description, state: choice("whether it is told anything", states) },
    async run({ console }, { app: applicationId, url, events, description, state }, webhookId) {
      const changes = {
        ...(url !== undefined && { url }),
        ...(events !== undefined && { eventTypes: events }),
        ...(description !== undefined && { description }),
        ...(state && { state }),
      };
      if (Object.keys(changes).length === 0) return wrongUsage("give --url, --events, --description or --state");
      const outcome = await console.call("updateWebhook", { applicationId, webhookId, ...changes });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "webhook delete",
    about: "delete a webhook",
    argument: "W",
    options: { app },
    destroys: "the webhook, and what it has been or is to be told",
    async run({ console }, { app: applicationId }, webhookId) {
      const outcome = await console.call("deleteWebhook", { applicationId, webhookId });
      return outcome.ok ? { json: { id: webhookId }, text: `deleted ${webhookId}` } : refused(outcome);
    },
  }),
  consoleCommand({
    name: "webhook reveal",
    about: "show the secret of a webhook again",
    argument: "W",
    options: { app },
    async run({ console }, { app: applicationId }, webhookId) {
      const outcome = await console.call("revealWebhookSecret", { applicationId, webhookId });
      if (!outcome.ok) return refused(outcome);
      const { secret } = outcome.output;
      return { json: { secret }, text: secret };
    },
  }),
  consoleCommand({
    name: "webhook rotate",
    about: "make a new secret for a webhook; for a day messages are signed with the one before, too",
    argument: "W",
    options: { app },
    async run({ console }, { app: applicationId }, webhookId) {
      const outcome = await console.call("rotateWebhookSecret", { applicationId, webhookId });
      return outcome.ok ? withSecret(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "webhook test",
    about: "send a webhook a message that says nothing but that it is a test",
    argument: "W",
    options: { app },
    async run({ console }, { app: applicationId }, webhookId) {
      const outcome = await console.call("testWebhook", { applicationId, webhookId });
      if (!outcome.ok) return refused(outcome);
      const { delivery } = outcome.output;
      return { json: jsonRecord(delivery), text: `queued ${delivery.id}` };
    },
  }),
  consoleCommand({
    name: "webhook deliveries",
    about: "list what a webhook was told in the last 30 days, the newest first",
    argument: "W",
    options: {
      app,
      state: choice("only those in one state", deliveryStates),
      type: choice("only those of one type of event", webhookEventNames),
      ...pageOptions,
    },
    async run({ console }, { app: applicationId, state, type, limit, cursor }, webhookId) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const filter = { ...(state && { state }), ...(type && { type }) };
        const outcome = await console.call("listWebhookDeliveries", { applicationId, webhookId, ...filter, ...page });
        if (!outcome.ok) return refused(outcome);
        const { deliveries: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(jsonRecord), text: deliveryTable(records), ...note };
    },
  }),
  consoleCommand({
    name: "webhook replay",
    about: "send again one delivery, or all that have failed of the events since an instant",
    argument: "W",
    options: { app, delivery: text("D", "one delivery"), since: instant("all that have failed since") },
    async run({ console }, { app: applicationId, delivery: deliveryId, since }, webhookId) {
      const named = { applicationId, webhookId };
      if (deliveryId !== undefined && since === undefined) {
        const outcome = await console.call("replayWebhookDelivery", { ...named, deliveryId });
        return outcome.ok ? replayed(1) : refused(outcome);
      }
      if (deliveryId !== undefined || since === undefined) return wrongUsage("give either --delivery or --since");
      const outcome = await console.call("replayFailedDeliveries", { ...named, since });
      return outcome.ok ? replayed(outcome.output.replayed) : refused(outcome);
    },
  }),
];

function readTypes(given: string): Types {
  if (given === "all") return given;
  return given.split(",").map((item) => {
    const name = item.trim();
    if (isWebhookEventName(name)) return name;
    throw new InvalidArgumentError(`It must be "all", or some of ${webhookEventNames.join(", ")}.`);
  });
}

function shown({ webhook }: OutputOf<"showWebhook">) {
  return { json: jsonRecord(webhook), text: webhookText(webhook) };
}

function withSecret({ webhook, secret }: OutputOf<"createWebhook">) {
  return { json: { ...jsonRecord(webhook), secret }, text: webhookText(webhook, secret) };
}

function replayed(count: number) {
  return { json: { replayed: count }, text: `queued ${count} again` };
}
