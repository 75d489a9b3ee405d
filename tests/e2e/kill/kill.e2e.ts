import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../ingest/simulator/simulator.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { allPages } from '../../oracle/all-pages.ts'
import { readJournal } from './journal.ts'
import { listen, look, noteFeeds, nothingShown } from './shown.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord?.[Symbol.asyncDispose]())

const CHARACTERS = 12
const missing = <V>(shown: ReadonlyMap<string, V>, there: ReadonlyMap<string, V>) =>
  [...shown].filter(([id, value]) => there.get(id) !== value)

/** A play dense enough that a kill always falls into the middle of something. */
const dense = (seed: number) =>
  startSimulator({
    url: overlord.pluginUrl,
    secret: overlord.secret,
    seed,
    characters: CHARACTERS,
    pace: 'fast',
    minutes: 600,
    mostPerSecond: 1_500,
    keep: 100,
  })

describe('a process killed without warning', () => {
  it.each([21, 22, 23])(
    'takes back nothing it has shown, and its plugins come back by themselves (seed %i)',
    async (seed) => {
      const shown = nothingShown()
      const feeds = listen(overlord)
      const play = await dense(seed)
      await play.findRare(undefined, play.characters[1])
      await until('something of everything to be shown', async () => {
        await look(overlord, shown)
        const { rares, changes, fights } = feeds
        return rares.seen.length > 0 && changes.seen.length > 30 && fights.seen.length > 20 && shown.chat.size > 50
      })
      const before = await readJournal(overlord.dataDir)

      await overlord.kill9()
      noteFeeds(shown, feeds)
      await overlord.restart()

      const [rares, chat, after] = await Promise.all([
        allPages<{ id: string; name: string }>(overlord, { list: 'rares', whereType: 'RareWhere', select: 'id name' }),
        allPages<{ id: string; text: string }>(overlord, { list: 'chat', whereType: 'ChatWhere', select: 'id text' }),
        readJournal(overlord.dataDir),
      ])
      expect(missing(shown.rares, new Map(rares.map(({ id, name }) => [id, name])))).toEqual([])
      expect(missing(shown.chat, new Map(chat.map(({ id, text }) => [id, text])))).toEqual([])
      expect([...shown.changes].filter((id) => !after.changeIds.has(id))).toEqual([])
      expect(after.telemetry).toBeGreaterThanOrEqual(before.telemetry)
      const again = nothingShown()
      await look(overlord, again)
      const fewer = [...shown.kills].filter(
        ([key, kills]) => kills > (again.kills.get(key) ?? after.sessions.get(key)!),
      )
      expect(fewer).toEqual([])

      await until('the plugins to be back', () => play.figures().connected === CHARACTERS)
      await until(
        'the play to go on',
        async () => (await readJournal(overlord.dataDir)).telemetry > after.telemetry + 200,
      )
      await play.stop()

      // The changes delivered are complete: the inventories are their sum, kill or no kill.
      const { holders } = await until('everything to be stored', async () => {
        const [one, two] = [await readJournal(overlord.dataDir), await readJournal(overlord.dataDir)]
        return one.telemetry === two.telemetry && one.changeIds.size === two.changeIds.size && two
      })
      const items = await allPages<{ id: string; character: { name: string } }>(overlord, {
        list: 'items',
        whereType: 'ItemWhere',
        select: 'id character { name }',
        first: 1_000,
      })
      expect(new Map(items.map(({ id, character }) => [id, character.name]))).toEqual(holders)
    },
  )
})
