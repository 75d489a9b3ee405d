import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const COUNT = 6_000
const items = (of: number) =>
  Array.from({ length: COUNT }, (_, n) => ({ Id: -of - n, Name: `Item ${n}`, IntValues: { 5: 10, 19: n } }))
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
