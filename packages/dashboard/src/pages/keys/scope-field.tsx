import { Checkbox, Chip, Group, Stack } from "@mantine/core";
import type { Scope } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { useOwnOperator } from "#shell/use-own-operator.ts";
import { presetNames, scopePresets } from "./scope-presets.ts";
import { scopesByResource } from "./scopes-by-resource.ts";

const words = texts.keys;
const resourceWords = new Map<string, string>(Object.entries(words.resources));
const verbWords = new Map<string, string>(Object.entries(words.verbs));

interface Props {
  readonly chosen: ReadonlySet<Scope>;
  readonly onChange: (chosen: ReadonlySet<Scope>) => void;
}

/** What a key may do, of what the one who makes it may do. */
export function ScopeField({ chosen, onChange }: Props) {
  const own = useOwnOperator().data?.scopes ?? [];
  const presets = presetNames.filter((name) => scopePresets[name].every((scope) => own.includes(scope)));
  const preset = presets.find((name) => chosen.symmetricDifference(new Set(scopePresets[name])).size === 0);
  const set = (scope: Scope, isChosen: boolean) => {
    const changed = new Set<Scope>([scope]);
    onChange(isChosen ? chosen.union(changed) : chosen.difference(changed));
  };
  return (
    <Stack gap="sm">
      <fieldset className="lk-plain">
        <legend className="lk-legend">{words.create.preset}</legend>
        <Group gap="xs">
          {presets.map((name) => (
            <Chip key={name} size="xs" checked={preset === name} onChange={() => onChange(new Set(scopePresets[name]))}>
              {words.create.presets[name]}
            </Chip>
          ))}
        </Group>
      </fieldset>
      <fieldset className="lk-plain">
        <legend className="lk-legend">
          {words.scopes} <span className="lk-quiet">· {words.create.chosen(chosen.size)}</span>
        </legend>
        <p className="lk-section-about">{words.create.scopesHint}</p>
        <div className="lk-scopes">
          {scopesByResource(own).map(({ resource, scopes }) => (
            <div key={resource} role="group" aria-label={resourceWords.get(resource) ?? resource}>
              <span aria-hidden>{resourceWords.get(resource) ?? resource}</span>
              <Group gap="md">
                {scopes.map(({ scope, verb }) => (
                  <Checkbox
                    key={scope}
                    size="xs"
                    label={verbWords.get(verb) ?? verb}
                    title={scope}
                    checked={chosen.has(scope)}
                    onChange={(event) => set(scope, event.currentTarget.checked)}
                  />
                ))}
              </Group>
            </div>
          ))}
        </div>
      </fieldset>
    </Stack>
  );
}
