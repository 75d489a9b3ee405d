import { isNews } from '../../../shared/contract/fields.ts'
import { topic, type QuestEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'
import { insertRows, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { countLate } from '../../metrics/counters.ts'
import { newestOf } from '../../rows/newest-of.ts'

type Quest = QuestEvent & { characterNumber: number }

const columns: Column<Quest>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['name', 'text', (row) => row.name],
  ['countdown', 'text', (row) => row.countdown],
  ['ready_at', 'timestamptz', (row) => row.readyAt],
  ['at', 'timestamptz', (row) => row.clientAt],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
]
// QST3: what comes late knows nothing new, but a clock may be put back.
const replace = insertRows(
  'quests',
  columns,
  `on conflict (character_id, name) do update set countdown = excluded.countdown, ready_at = excluded.ready_at,
    at = excluded.at,
     received_at = excluded.received_at where ${isNews('quests')} returning character_id, name`,
)

/** The newest report on each quest of each character. Returns the events to publish after the commit. */
export async function writeQuests(client: Client, rows: readonly QuestEvent[], ids: IdCache): Promise<Publish[]> {
  const key = (characterNumber: unknown, name: unknown) => `${String(characterNumber)} ${String(name)}`
  const newest = newestOf(
    rows.map((row): Quest => ({ ...row, characterNumber: ids.characterId(row.character) })),
    (row) => key(row.characterNumber, row.name),
  )
  const { rows: stored } = await replace(client, [...newest.values()])
  countLate('quest', newest.size - stored.length)
  return stored.map(({ character_id, name }) => {
    const { characterNumber: _, ...event } = newest.get(key(character_id, name))!
    return { topic: topic('quest', event.character), event }
  })
}
