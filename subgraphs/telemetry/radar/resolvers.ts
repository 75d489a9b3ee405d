import { topic, type RadarEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { dungeonName } from '../../../shared/world/dereth/dungeons.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import type { Sight } from '../sight/sight.ts'

/** An older picture shows what is no longer there. */
const FRESH_MS = 30_000

/** What is near tells where a character is: a picture is shown whole or not at all. Of who hides, none shows the place. */
function veil(picture: RadarEvent, sight: Sight): RadarEvent | undefined {
  if (sight.seesAll()) return picture
  if (sight.placeOf(picture.character) !== 'EXACT') return undefined
  const objects = picture.objects.filter(({ name }) => name === null || sight.placeOf(name) === 'EXACT')
  return objects.length === picture.objects.length ? picture : { ...picture, objects }
}

export const radarResolvers: Resolvers = {
  Character: {
    radar({ name }, _, { told, sight }) {
      const picture = told.radar.since(FRESH_MS, [name])[0]
      return (picture && veil(picture, sight)) ?? null
    },
  },
  Radar: {
    character: ({ character }) => ({ name: character }),
    dungeon: ({ landblock }) => (landblock === null ? null : dungeonName(landblock)),
  },
  Subscription: {
    radarChanged: {
      subscribe: (_, { character }, { pubsub, part, told, sight }) =>
        startingWith<RadarEvent>({
          pubsub,
          part,
          topics: [topic('radar', character)],
          look: () => Promise.resolve(told.radar.since(FRESH_MS, [character]).flatMap((row) => veil(row, sight) ?? [])),
          follow: (event) => veil(event as RadarEvent, sight),
          newness: { key: (row) => row.character, version: (row) => row.receivedAt },
        }),
      resolve: (event: unknown) => event as RadarEvent,
    },
  },
}
