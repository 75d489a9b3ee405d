import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

interface Event {
  id: string
  kind: string
  server: string | null
  character: { name: string; tag: string | null } | null
  detail: Record<string, unknown> | null
}
const EVENT = `id kind server character { name tag } detail { __typename ... on Rare { name ew } ... on LevelGain {
  level previousLevel }
  ... on QuestCompletion { name } ... on InventoryBurst { addedCount removedCount } ... on CommandAudit { command
  outcome }
  ... on Alert { text } }`

let overlord: TestOverlord
beforeAll(async () => {
  overlord = await startOverlord()
})
afterAll(() => overlord[Symbol.asyncDispose]())

describe('guildEvents', () => {
  it('streams what real frames amount to, and lists the same, commands for admins alone', async () => {
    await using feed = overlord.feed<Event>(`subscription { guildEvents { ${EVENT} } }`, 'guildEvents')
    await using plugin = await overlord.plugin('Notable')
    const about = { character_name: 'Notable' }
    const has = (kind: string) => feed.seen.some((event) => event.kind === kind)
    await until('the stream to be open', () => {
      plugin.send({ type: 'telemetry', ...about, ew: 1, ns: 2, char_tag: 'hunters' })
      return has('PLUGIN_CONNECTED') && has('CHARACTER_ARRIVED')
    })
    plugin.send({ type: 'rare', ...about, name: 'Pearl of Notes', ew: 1.5, ns: 2 })
    for (const level of [10, 11]) {
      plugin.send({ type: 'character_stats', ...about, level })
      await until('the sheet', async () => {
        const { data } = await overlord.graph<{ character: { sheet: { level: number } | null } }>(
          '{ character(name: "Notable") { sheet { level } } }',
        )
        return data.character.sheet?.level === level
      })
    }
    for (const Id of [1, 2]) plugin.send({ type: 'inventory_delta', ...about, action: 'add', item: { Id, Name: 'x' } })
    await overlord.graph('mutation { sendCommand(input: { character: "Notable", command: "/note" }) { outcome } }')
    await until('everything', () => ['RARE', 'LEVEL', 'INVENTORY'].every(has))
    const detailOf = (kind: string) => feed.seen.find((event) => event.kind === kind)!.detail
    expect(detailOf('RARE')).toEqual({ __typename: 'Rare', name: 'Pearl of Notes', ew: 1.5 })
    expect(detailOf('LEVEL')).toEqual({ __typename: 'LevelGain', level: 11, previousLevel: 10 })
    expect(detailOf('INVENTORY')).toEqual({ __typename: 'InventoryBurst', addedCount: 2, removedCount: 0 })
    expect(feed.seen.find(({ kind }) => kind === 'RARE')!.character).toEqual({ name: 'Notable', tag: 'hunters' })
    const { data } = await overlord.graph<{ guildEvents: { nodes: Event[] } }>(
      `{ guildEvents(where: { characters: ["Notable"], tags: ["hunters"] }) { nodes { ${EVENT} } } }`,
    )
    const listed = data.guildEvents.nodes.toReversed()
    // The admin who lists sees the command, the token that listens only reads.
    const isCommand = ({ kind }: Event) => kind === 'COMMAND'
    expect(listed.filter(isCommand).map(({ detail }) => detail)).toEqual([
      { __typename: 'CommandAudit', command: '/note', outcome: 'DELIVERED' },
    ])
    expect(listed.filter((event) => !isCommand(event)).slice(-feed.seen.length)).toEqual(feed.seen)
    expect(listed.filter(({ kind }) => kind === 'PLUGIN_CONNECTED')).toHaveLength(1)
  })
})
