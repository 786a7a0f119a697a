import { applicationSettings, type ApplicationSettings } from "@latchkey/protocol";
import { InvalidArgumentError } from "commander";
import type { Option } from "./options.ts";
import { hintFor } from "./settings/nearest-name.ts";

type GivenSettings = Partial<ApplicationSettings>;

const names = Object.keys(applicationSettings.entries);

/** Settings of an application, `--set key=value` as often as needed. */
export function applicationSettingOption(): Option<GivenSettings | undefined> {
  return {
    placeholder: "key=value",
    about: `a setting, as often as needed; null: no limit, or the default: ${names.join(", ")}`,
    read: (given, before) => ({ ...before, ...readSetting(given) }),
  };
}

function readSetting(given: string): GivenSettings {
  const [name = "", ...rest] = given.split("=");
  if (rest.length === 0) throw new InvalidArgumentError("It must have the form key=value.");
  if (!isSettingName(name)) throw new InvalidArgumentError(`${name} is not a setting${hintFor(name, names)}`);
  const value = valueOf(name, rest.join("="));
  let checked = check(name, value);
  // No limit where that is a value, and the default everywhere else.
  if (checked.issues && value === null) checked = check(name, applicationSettings.entries[name].default);
  if (checked.issues) throw new InvalidArgumentError(`${name}: ${checked.issues[0]?.message ?? "not such a value"}.`);
  return { [name]: checked.value };
}

function check(name: keyof ApplicationSettings, value: unknown) {
  const checked = applicationSettings.entries[name]["~standard"].validate(value);
  if ("then" in checked) throw new TypeError("a setting is checked at once");
  return checked;
}

function isSettingName(name: string): name is keyof ApplicationSettings {
  return names.includes(name);
}

/** A list is separated by commas; `true`, `false`, `null` and numbers are meant as such; everything else is text. */
function valueOf(name: keyof ApplicationSettings, text: string): unknown {
  if (Array.isArray(applicationSettings.entries[name].default)) return text.split(",").filter((item) => item !== "");
  return /^(?:true|false|null|\d+)$/.test(text) ? JSON.parse(text) : text;
}
