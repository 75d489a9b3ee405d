import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UtteranceEvent } from '../../../shared/contract/topics.ts'
import type { Publish } from '../../rows/row.ts'
import { NOON, testWriterAtNoon } from '../../writer/testing/noon.ts'

const { at, other, rowsOf } = testWriterAtNoon()

/** Every case is a minute of its own, so that no case hears another's words. */
let minute = 0
const nextMinute = () => NOON + 60_000 * ++minute

const hear = (character_name: string, ms: number, text: string) => [ms, { type: 'chat', character_name, text }] as const

const eventsOf = (published: Publish[]) =>
  published.filter(({ topic }) => topic.startsWith('ev.utterance.')).map(({ event }) => event as UtteranceEvent)

/** Listeners of each utterance of a minute, in the order of their ids. */
async function heard(from: number): Promise<string[][]> {
  const rows = await rowsOf<{ names: string[] }>(
    `select array_agg(c.name order by m.id) as names from chat m join characters c on c.id = m.character_id
     where m.received_at >= '${new Date(from).toISOString()}'
       and m.received_at < '${new Date(from + 60_000).toISOString()}'
     group by coalesce(m.first_id, m.id) order by coalesce(m.first_id, m.id)`,
  )
  return rows.map(({ names }) => names)
}

const trade = (words: string) => `[Trade] Smith says, "${words}"`

describe('an utterance', () => {
  it('[CHT5] is one line for all who hear it, the speaker too, and is published to each with who heard it before', async () => {
    const from = nextMinute()
    at.queue(...hear('Ann', from, '[Trade] Smith says, "WTS girth"'))
    at.queue(...hear('Bob', from + 900, '[Trade] Smith says, "WTS girth"'))
    const published = eventsOf(await at.flush())
    published.push(...eventsOf(await at.store(...hear('Smith', from + 1_000, '[Trade] You say, "WTS girth"'))))
    expect(await heard(from)).toEqual([['Ann', 'Bob', 'Smith']])
    expect(published.map(({ listener, heardBefore }) => [listener, heardBefore])).toEqual([
      ['Ann', []],
      ['Bob', ['Ann']],
      ['Smith', ['Ann', 'Bob']],
    ])
    expect(new Set(published.map(({ id }) => id)).size).toBe(1)
    expect(new Set(published.map(({ changeId }) => changeId)).size).toBe(3)
    expect(published[2]).toMatchObject({ character: 'Ann', text: trade('WTS girth'), sender: 'Smith' })
  })

  it.each([
    ['the words', trade('b')],
    ['the speaker', '[Trade] Tailor says, "a"'],
    ['the channel', '[General] Smith says, "a"'],
  ])('[CHT5] is another one when %s differ', async (_, text) => {
    const from = nextMinute()
    at.queue(...hear('Ann', from, trade('a')))
    at.queue(...hear('Bob', from, text))
    await at.flush()
    expect(await heard(from)).toEqual([['Ann'], ['Bob']])
  })

  it.each(['Smith tells you, "a"', 'You evaded Drudge!'])(
    '[CHT6] is not shared if only one character can hear it: %s',
    async (text) => {
      const from = nextMinute()
      for (const name of ['Ann', 'Bob']) at.queue(...hear(name, from, text))
      await at.flush()
      expect(await heard(from)).toEqual([['Ann'], ['Bob']])
    },
  )

  it('[CHT5] is said twice to a character that hears it twice, and the others hear the nearest one', async () => {
    const from = nextMinute()
    for (const [name, ms] of [
      ['Ann', 0],
      ['Ann', 3_000],
      ['Late', 3_050],
      ['Bob', 40],
      ['Bob', 3_020],
    ] as const)
      await at.store(...hear(name, from + ms, trade('again')))
    expect(await heard(from)).toEqual([
      ['Ann', 'Bob'],
      ['Ann', 'Late', 'Bob'],
    ])
  })

  it('[CHT5] ends after the window', async () => {
    const from = nextMinute()
    await at.store(...hear('Ann', from, trade('slow')))
    await at.store(...hear('Bob', from + 10_000, trade('slow')))
    await at.store(...hear('Cid', from + 20_001, trade('slow')))
    expect(await heard(from)).toEqual([['Ann', 'Bob'], ['Cid']])
  })

  it('[CHT5] is one though two processes store it at once', async () => {
    for (let n = 0; n < 20; n++) {
      const from = nextMinute()
      for (const words of ['x', 'y', 'z']) at.queue(...hear('Ann', from, trade(words)))
      for (const words of ['z', 'y', 'x']) other.queue(...hear('Bob', from + 1, trade(words)))
      await Promise.all([at.flush(), other.flush()])
      expect((await heard(from)).map((names) => [...names].sort())).toEqual([
        ['Ann', 'Bob'],
        ['Ann', 'Bob'],
        ['Ann', 'Bob'],
      ])
    }
  })

  it('[CHT5] is the same in whatever order and batches its lines are stored', async () => {
    const listeners = ['Ann', 'Bob', 'Cid', 'Dot']
    const lines = [0, 4_000, 8_000].flatMap((said) =>
      listeners.map((name, nth) => ({ name, ms: said + nth * 300, sorted: `${name} at ${said}` })),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(lines, { minLength: lines.length }),
        fc.integer({ min: 1, max: 12 }),
        async (order, size) => {
          const from = nextMinute()
          for (const [nth, { name, ms }] of order.entries()) {
            at.queue(...hear(name, from + ms, trade('order')))
            if (nth % size === 0) await at.flush()
          }
          await at.flush()
          expect((await heard(from)).map((names) => [...names].sort())).toEqual([listeners, listeners, listeners])
        },
      ),
      { numRuns: 15 },
    )
  })
})
