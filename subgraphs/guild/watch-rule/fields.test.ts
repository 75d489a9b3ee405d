import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'graphql'
import { expect, it } from 'vitest'
import { ALERT_KINDS, SEVERITIES, WATCH_FIELDS } from '../../../shared/contract/watch.ts'

const enumOf = (file: string, name: string) =>
  parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')).definitions.flatMap((one) =>
    one.kind === 'EnumTypeDefinition' && one.name.value === name
      ? (one.values ?? []).map((value) => value.name.value)
      : [],
  )

it.each([
  ['schema.graphql', 'WatchField', [...WATCH_FIELDS.keys()]],
  ['schema.graphql', 'AlertSeverity', [...SEVERITIES]],
  ['../alert-rule/schema.graphql', 'AlertKind', [...ALERT_KINDS]],
  ['../../telemetry/alert/schema.graphql', 'AlertKind', [...ALERT_KINDS]],
  ['../../telemetry/alert/schema.graphql', 'AlertSeverity', [...SEVERITIES]],
])('%s: %s names what ingest knows', (file, name, known) => expect(enumOf(file, name)).toEqual(known))
