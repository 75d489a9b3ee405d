import { afterAll, beforeAll, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord?.[Symbol.asyncDispose]())

interface Change {
  id: string
  character: { name: string }
  added: string[]
  removed: string[]
}
const each = (after: string | null = null) =>
  overlord.feed<Change>(
    `subscription ($after: ID) { inventoryChanged(unbatched: true, afterId: $after) { id character { name } added
      removed } }`,
    'inventoryChanged',
    { after },
  )
const ITEMS = 300
const idOf = (n: number) => `Coldeve:${n + 1}`
type Plugin = Awaited<ReturnType<TestOverlord['plugin']>>
const add = (plugin: Plugin, character: string, n: number) =>
  plugin.send({ type: 'inventory_delta', character_name: character, action: 'add', item: { Id: n + 1, Name: 'Ball' } })
const taken = (plugin: Plugin) => Math.max(0, ...(plugin.received as { n?: number }[]).map(({ n = 0 }) => n))

it('[INV13] each change is sent once to a reader that resumes from the last id, though the process was killed', async () => {
  const received: Change[] = []
  const begin = async (from: number, to: number) => {
    const plugin = await overlord.plugin()
    plugin.send({ type: 'register', player_name: 'Looter', ack: true })
    for (let n = from; n < to; n++) add(plugin, n % 2 ? 'Looter' : 'Hoarder', n)
    return plugin
  }
  {
    await using feed = each()
    await using first = await overlord.plugin('Looter')
    // A stream says nothing of its beginning.
    for (let n = ITEMS; feed.seen.length === 0; n++) {
      add(first, 'Looter', n)
      await feed.find(() => true, 300).catch(() => undefined)
    }
    await using plugin = await begin(0, ITEMS)
    await until('some of it', () => taken(plugin) === ITEMS && feed.seen.length > 2)
    await overlord.kill9()
    received.push(...feed.seen)
  }
  await overlord.restart()
  await using feed = each(received.at(-1)!.id)
  await using plugin = await begin(ITEMS * 2, ITEMS * 3)
  await until('the rest', () => feed.seen.some(({ added }) => added.includes(idOf(ITEMS * 3 - 1))))
  await until(
    'the rest of both',
    () => taken(plugin) === ITEMS && feed.seen.some(({ added }) => added.includes(idOf(ITEMS * 3 - 2))),
  )
  received.push(...feed.seen)

  const added = received.flatMap((change) => change.added)
  for (const from of [0, ITEMS * 2])
    for (let n = from; n < from + ITEMS; n++)
      expect(
        added.filter((id) => id === idOf(n)),
        idOf(n),
      ).toHaveLength(1)
  const ids = received.map(({ id }) => Number(id))
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
})

it('[INV13] what is no id of a change is refused in words', async () => {
  await using feed = each('x')
  await until('an end', () => feed.ended())
  expect(JSON.stringify(feed.ended())).toContain('id of a change')
})
