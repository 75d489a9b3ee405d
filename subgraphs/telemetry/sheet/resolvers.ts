import { isRecord } from '../../../shared/contract/json-value.ts'
import { toWhole } from '../../../shared/contract/numbers.ts'
import { topicsOf, type SheetEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { readAfterId } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers, SkillTraining } from '../generated/resolvers.ts'
import { sheetsOf, storedSheets, type SheetRow } from './store.ts'

const MAX_PARTS = 200
const trainings: ReadonlyMap<string, SkillTraining> = new Map([
  ['untrained', 'UNTRAINED'],
  ['trained', 'TRAINED'],
  ['specialized', 'SPECIALIZED'],
])

/** Entries of an object of objects; anything else in it is passed over. */
const parts = (value: unknown) =>
  isRecord(value)
    ? Object.entries(value)
        .filter((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))
        .slice(0, MAX_PARTS)
    : []
const whole = (value: unknown): number | null => {
  const number = toWhole(value)
  return number === undefined || Math.abs(number) > 2_147_483_647 ? null : number
}

export const sheetResolvers: Resolvers = {
  Character: { sheet: ({ name }, _, { load }) => load.sheet.load(name) },
  CharacterSheet: {
    character: ({ character }) => ({ name: character }),
    attributes: ({ raw }) =>
      parts(raw['attributes']).map(([name, { base, creation }]) => ({
        name,
        base: whole(base),
        creation: whole(creation),
      })),
    skills: ({ raw }) =>
      parts(raw['skills']).map(([name, { base, training }]) => ({
        name,
        base: whole(base),
        training: trainings.get(String(training).toLowerCase()) ?? null,
      })),
    allegiance: ({ raw }) => raw['allegiance'] ?? null,
  },
  Subscription: {
    sheetChanged: {
      async subscribe(_, { characters, afterId }, { pool, pubsub, phase }) {
        const names = await charactersNamed(pool, characters)
        const source = { pubsub, phase, topics: topicsOf('sheet', names) }
        return factStream<SheetRow>({
          ...source,
          afterId: readAfterId(afterId, 'a change'),
          facts: storedSheets(pool, names),
          live: () =>
            snapshotThenUpdates<SheetRow>({
              ...source,
              map: async (event) => (await sheetsOf(pool, [(event as SheetEvent).character]))[0],
            }),
        })
      },
      resolve: (event: unknown) => event as SheetRow,
    },
  },
}
