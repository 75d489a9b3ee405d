import { CHARACTERS_TOPIC } from '../contract/people.ts'
import type { Pool } from '../db/pool.ts'
import type { Log } from '../log.ts'
import type { PubSub } from '../pubsub/pubsub.ts'

/** What a character lets others see of where it is. */
export type PlaceShown = 'EXACT' | 'BLURRED' | 'HIDDEN'

/** The owner of a character and how much of its place is shown. Most characters have neither. */
export interface CharacterSettings {
  owner: string | null
  placeShown: PlaceShown
}

export interface AllSettings extends AsyncDisposable {
  /** By character; null until they were read for the first time: then nothing may be shown. */
  all(): ReadonlyMap<string, CharacterSettings> | null
  /** Some character shows less than all of its place. */
  hidesPlaces(): boolean
}

/** Fallback for a change that was not published. */
const EVERY_MS = 30_000
const AGAIN_MS = 500

/** Every character with an owner or a restricted place, in memory, reloaded when a change is published. */
export async function characterSettings(pool: Pool, pubsub: PubSub, log: Log): Promise<AllSettings> {
  let known: ReadonlyMap<string, CharacterSettings> | null = null
  let hidesPlaces = true
  let reading: Promise<void> | null = null
  let stale = false
  let retry: NodeJS.Timeout | undefined
  let ended = false

  async function read(): Promise<void> {
    do {
      stale = false
      const { rows } = await pool.query<CharacterSettings & { name: string }>(
        `select name, owner_id::text as owner, place_shown as "placeShown" from character_settings
         where owner_id is not null or place_shown <> 'EXACT'`,
      )
      known = new Map(rows.map(({ name, owner, placeShown }) => [name, { owner, placeShown }]))
      hidesPlaces = rows.some(({ placeShown }) => placeShown !== 'EXACT')
    } while (stale)
  }
  function refresh(): void {
    if (ended) return
    stale = true // changed while it was read: once more
    reading ??= read()
      .catch((error: unknown) => {
        // What was known stays in force; before the schema is there nothing is shown that could be private.
        if (known) log.warn({ error }, 'could not read what characters show; trying again')
        clearTimeout(retry)
        retry = setTimeout(refresh, AGAIN_MS).unref()
      })
      .finally(() => (reading = null))
  }

  const stop = await pubsub.subscribe(CHARACTERS_TOPIC, refresh)
  refresh()
  await reading
  const timer = setInterval(refresh, EVERY_MS).unref()
  return {
    all: () => known,
    hidesPlaces: () => hidesPlaces,
    async [Symbol.asyncDispose]() {
      ended = true
      stop()
      clearInterval(timer)
      clearTimeout(retry)
      await reading
    },
  }
}
