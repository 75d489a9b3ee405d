import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const COUNT = 6_000
const items = (of: number, count = COUNT) =>
  Array.from({ length: count }, (_, n) => ({ Id: -of - n, Name: `Item ${n}`, IntValues: { 5: 10, 19: n } }))
const countOf = async (character: string) => {
  const { data } = await overlord.graph<{ items: { totalCount: number } }>(
    'query ($of: [String!]) { items(where: { characters: $of }, first: 1) { totalCount } }',
    { of: [character] },
  )
  return data?.items?.totalCount
}

describe('[SOC13] a large inventory', () => {
  it('is followed by the frames sent after it, in their order, each acknowledged', async () => {
    await using plugin = await overlord.plugin()
    plugin.send({ type: 'register', player_name: 'Hoarder', ack: true })
    plugin.send({ type: 'full_inventory', character_name: 'Hoarder', items: items(1) })
    for (let n = 0; n < 10; n++)
      plugin.send({ type: 'inventory_delta', character_name: 'Hoarder', action: 'remove', item_id: -1 - n })
    await until('the rest', async () => (await countOf('Hoarder')) === COUNT - 10)
    const acknowledged = plugin.received.flatMap((frame) => ((frame as { type: string }).type === 'ack' ? [frame] : []))
    expect(acknowledged.at(-1)).toEqual({ type: 'ack', n: 11 })
  })

  it('[DUR2] that is being read when Overlord stops is there after the next start', async () => {
    await using plugin = await overlord.plugin('Stopped')
    plugin.send({ type: 'full_inventory', character_name: 'Stopped', items: items(200_000) })
    const heldBack = async () => {
      const headers = { authorization: `Bearer ${overlord.token}` }
      const text = await (await fetch(`${overlord.url}/metrics`, { headers })).text()
      return Number(/held_back_total\{reason="large_frame"\} (\d+)/.exec(text)?.[1] ?? 0)
    }
    const before = await heldBack()
    plugin.send({ type: 'full_inventory', character_name: 'Stopped', items: items(300_000, COUNT + 1_000) })
    await until('the frame to be read', async () => (await heldBack()) > before)
    expect(await overlord.stop()).toBe(0)
    await overlord.restart()
    await until('its items', async () => (await countOf('Stopped')) === COUNT + 1_000)
  })

  it('is taken by the address that posts inventories, and refused with the reason when it is none', async () => {
    const post = (body: string) =>
      fetch(`${overlord.url}/process-inventory`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-plugin-secret': overlord.secret },
        body,
      })
    const body = JSON.stringify({ character_name: 'Posted', items: items(100_000) })
    expect((await post(body)).status).toBe(200)
    await until('its items', async () => (await countOf('Posted')) === COUNT)
    const broken = await post(body.slice(0, -20))
    expect(broken.status).toBe(400)
    expect(JSON.stringify(await broken.json())).toContain('is no JSON')
  })
})
