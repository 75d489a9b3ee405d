import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { until } from '../../../shared/testing/until.ts'

interface Alert {
  id: string
  kind: string
  text: string
  details: Record<string, unknown>
}

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const alertsOf = async (character: string, kind: string) =>
  (
    await overlord.graph<{ alerts: { nodes: Alert[] } }>(
      `query ($who: [String!], $kinds: [AlertKind!]) { alerts(where: { characters: $who, kinds: $kinds }) {
        nodes { id kind text details } } }`,
      { who: [character], kinds: [kind] },
    )
  ).data.alerts.nodes
const setRule = (rule: string) => overlord.graph(`mutation { setAlertRule(input: { ${rule} }) { alertRule { kind } } }`)
const vitals = (plugin: TestPlugin, character: string, vitae: number | undefined, more: object = {}) =>
  plugin.send({ type: 'vitals', character_name: character, health_percentage: 50, vitae, ...more })
const telemetry = (plugin: TestPlugin, character: string, more: object) =>
  plugin.send({ type: 'telemetry', character_name: character, ew: 1, ns: 1, ...more })
/** Once a later frame of the character is in the graph, so are the alerts of those before. */
async function settle(plugin: TestPlugin, character: string): Promise<void> {
  const text = `settled ${Math.random()}`
  plugin.send({ type: 'chat', character_name: character, text })
  await until('the last frame', async () =>
    (
      await overlord.graph<{ chat: { nodes: { text: string }[] } }>(
        'query ($who: [String!]) { chat(where: { characters: $who }, first: 5) { nodes { text } } }',
        { who: [character] },
      )
    ).data.chat.nodes.some((line) => line.text === text),
  )
}

describe('a death', () => {
  it('[ALR1] is raised when vitae leaves zero: never for the first frame, and once within the quiet time', async () => {
    await using feed = overlord.feed<Alert>(
      'subscription { alertRaised(where: { kinds: [DEATH] }) { id kind text } }',
      'alertRaised',
    )
    await using plugin = await overlord.plugin('Mortal')
    vitals(plugin, 'Mortal', 5) // died before we looked
    vitals(plugin, 'Mortal', 10)
    await settle(plugin, 'Mortal')
    expect(await alertsOf('Mortal', 'DEATH')).toEqual([])
    vitals(plugin, 'Mortal', 0)
    vitals(plugin, 'Mortal', undefined) // says nothing of vitae
    vitals(plugin, 'Mortal', 5)
    await until('the death', async () => (await alertsOf('Mortal', 'DEATH')).length === 1)
    for (const vitae of [0, 5, 0, 5]) vitals(plugin, 'Mortal', vitae)
    await settle(plugin, 'Mortal')
    for (const vitae of [0, 5]) vitals(plugin, 'Mortal', vitae)
    await settle(plugin, 'Mortal')
    expect((await alertsOf('Mortal', 'DEATH')).map((alert) => alert.text)).toEqual(['Mortal died'])
    expect(await feed.find(() => true).catch(() => null)).toMatchObject({ kind: 'DEATH', text: 'Mortal died' })
  })

  it('[ALR1] is neither lost nor doubled by a kill between its two frames and after them', async () => {
    {
      await using plugin = await overlord.plugin('Restarted')
      vitals(plugin, 'Restarted', 0)
      await settle(plugin, 'Restarted')
    }
    await overlord.kill9()
    await overlord.restart()
    await using plugin = await overlord.plugin('Restarted')
    vitals(plugin, 'Restarted', 5)
    await until('the death', async () => (await alertsOf('Restarted', 'DEATH')).length === 1)
    await overlord.kill9()
    await overlord.restart()
    await using again = await overlord.plugin('Restarted')
    vitals(again, 'Restarted', 5)
    for (const vitae of [0, 5]) vitals(again, 'Restarted', vitae) // within the quiet time, which outlives us
    await settle(again, 'Restarted')
    expect(await alertsOf('Restarted', 'DEATH')).toHaveLength(1)
  })
})

describe('an idler', () => {
  it('[ALR2] is raised once per episode, in configured states, by the server’s clock', async () => {
    await setRule('kind: IDLE, afterSeconds: 0.3, words: ["idle", "", "Chatting"]')
    await using plugin = await overlord.plugin('Idler')
    const stand = (state: string) => telemetry(plugin, 'Idler', { vt_state: state })
    stand('combat')
    const idleUntil = (count: number) =>
      until('the alert', async () => {
        stand(['IDLE', '', ' chatting '][Math.floor(Math.random() * 3)]!)
        return (await alertsOf('Idler', 'IDLE')).length >= count
      })
    await idleUntil(1)
    for (let n = 0; n < 5; n++) stand('idle')
    await settle(plugin, 'Idler')
    stand('default') // no longer in the list
    await idleUntil(2)
    expect(await alertsOf('Idler', 'IDLE')).toHaveLength(2)
  })
})

describe('a vortex', () => {
  it('[ALR3] received by many is raised once', async () => {
    await using plugin = await overlord.plugin('Ear')
    for (const character of ['Ear', 'Other Ear', 'Third Ear'])
      plugin.send({ type: 'chat', character_name: character, text: 'A Whirlwind of Vortexes draws near!' })
    await settle(plugin, 'Ear')
    plugin.send({ type: 'chat', character_name: 'Third Ear', text: 'A Whirlwind of Vortexes draws near!' })
    await settle(plugin, 'Third Ear')
    const { data } = await overlord.graph<{ alerts: { nodes: Alert[]; totalCount: number } }>(
      '{ alerts(where: { kinds: [VORTEX] }) { totalCount nodes { text } } }',
    )
    expect(data.alerts).toEqual({ totalCount: 1, nodes: [{ text: 'A Whirlwind of Vortexes draws near!' }] })
  })
})

describe('an absence', () => {
  it('[ALR4] is raised once, and again only after a return', async () => {
    await setRule('kind: GONE, afterSeconds: 1')
    await using plugin = await overlord.plugin('Leaver')
    telemetry(plugin, 'Leaver', {})
    await until('the absence', async () => (await alertsOf('Leaver', 'GONE')).length === 1)
    telemetry(plugin, 'Leaver', {})
    await until('the second', async () => (await alertsOf('Leaver', 'GONE')).length === 2)
    await setRule('kind: GONE, afterSeconds: 30')
    expect(await alertsOf('Leaver', 'GONE')).toHaveLength(2)
  })
})

describe('who missed alerts', () => {
  it('[ALR5] gets them first when it names the last one it saw', async () => {
    const { data } = await overlord.graph<{ alerts: { nodes: Alert[] } }>('{ alerts { nodes { id } } }')
    const ids = data.alerts.nodes.map(({ id }) => id).reverse()
    expect(ids.length).toBeGreaterThan(3)
    await using feed = overlord.feed<Alert>(
      'subscription ($after: ID) { alertRaised(afterId: $after) { id } }',
      'alertRaised',
      {
        after: ids[0],
      },
    )
    await feed.find(({ id }) => id === ids.at(-1))
    expect(feed.seen.slice(0, ids.length - 1).map(({ id }) => id)).toEqual(ids.slice(1))
  })
})

describe('the rules', () => {
  it('[ALR6] are read by all viewers and set only by admins', async () => {
    const headers = { authorization: `Bearer ${overlord.token}` }
    const read = await overlord.graph<{ alertRules: { kind: string; words: string[] }[] }>(
      '{ alertRules { kind words } }',
      {},
      { headers },
    )
    expect(read.data.alertRules.find(({ kind }) => kind === 'VORTEX')?.words).toEqual(['whirlwind of vortexes'])
    const refused = await overlord.graph(
      'mutation { setAlertRule(input: { kind: IDLE, enabled: false }) { alertRule { kind } } }',
      {},
      { headers, mayFail: true },
    )
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    for (const bad of ['kind: IDLE, afterSeconds: -1', 'kind: DEATH, quietSeconds: 1e9', 'kind: NONE'])
      expect(
        (
          await overlord.graph(
            `mutation { setAlertRule(input: { ${bad} }) { alertRule { kind } } }`,
            {},
            { mayFail: true },
          )
        ).errors,
      ).toHaveLength(1)
  })
})

describe('a watch rule', () => {
  const CREATE = 'mutation ($rule: WatchRuleInput!) { createWatchRule(input: { rule: $rule }) { watchRule { id } } }'
  const create = async (rule: object, headers?: Record<string, string>) =>
    (
      await overlord.graph<{ createWatchRule: { watchRule: { id: string } } }>(
        CREATE,
        { rule },
        headers ? { headers } : {},
      )
    ).data.createWatchRule.watchRule.id

  it('[WCH1] raises one alert per episode, naming the rule, and survives a restart', async () => {
    await create({ name: 'Few tapers', tag: 'Looters', field: 'TAPERS', comparison: 'LT', number: 100 })
    await knownCharacter(overlord, 'Watched')
    await create({
      name: 'Low',
      characters: ['Watched'],
      field: 'HEALTH_PERCENT',
      comparison: 'LTE',
      number: 20,
      forSeconds: 0.2,
    })
    let plugin = await overlord.plugin('Watched')
    const tapers = (count: number) =>
      telemetry(plugin, 'Watched', { char_tag: 'looters', prismatic_taper_count: String(count) })
    await until('the alert', async () => {
      tapers(500)
      tapers(99)
      return (await alertsOf('Watched', 'WATCH')).length > 0
    })
    tapers(500)
    await settle(plugin, 'Watched')
    const before = (await alertsOf('Watched', 'WATCH')).length
    for (const count of [98, 97, 96]) tapers(count)
    telemetry(plugin, 'Watched', {}) // says nothing of tapers
    tapers(95)
    await settle(plugin, 'Watched')
    const [alert] = await alertsOf('Watched', 'WATCH')
    expect(await alertsOf('Watched', 'WATCH')).toHaveLength(before + 1)
    expect(alert!.text).toBe('Few tapers: Watched has tapers 98 (< 100)')
    expect(alert!.details).toMatchObject({
      rule: 'Few tapers',
      owner: 'admin',
      field: 'TAPERS',
      value: 98,
      threshold: 100,
    })

    await overlord.kill9()
    await overlord.restart()
    plugin = await overlord.plugin('Watched')
    tapers(94) // the same while
    await settle(plugin, 'Watched')
    expect(await alertsOf('Watched', 'WATCH')).toHaveLength(before + 1)
    await until('the vitals rule', async () => {
      vitals(plugin, 'Watched', 0, { health_percentage: '12,5' })
      return (await alertsOf('Watched', 'WATCH')).length === before + 2
    })
    await plugin[Symbol.asyncDispose]()
  })

  it('[WCH2] is its maker’s: others may neither change nor remove it, an admin may; their number is limited', async () => {
    const rule = { name: 'Mine', field: 'STATE', comparison: 'EQ', text: 'stuck' }
    // A token that only reads makes none.
    const reader = { headers: { authorization: `Bearer ${overlord.token}` }, mayFail: true }
    expect((await overlord.graph(CREATE, { rule }, reader)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    const made = await overlord.graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "maker", scopes: [COMMAND] }) { secret } }',
    )
    const mine = { authorization: `Bearer ${made.data.createToken.secret}` }
    const own = await create(rule, mine)
    const foreign = await create(rule)
    const attempt = async (text: string, id: string, headers = mine) =>
      (await overlord.graph(text, { id, rule: { ...rule, name: 'Changed' } }, { headers, mayFail: true })).errors?.[0]
        ?.extensions?.code
    const UPDATE = `mutation ($id: ID!, $rule: WatchRuleInput!) {
        updateWatchRule(input: { id: $id, rule: $rule }) { watchRule { name } }
      }`
    const REMOVE = 'mutation ($id: ID!) { deleteWatchRule(input: { id: $id }) { deletedWatchRuleId } }'
    expect(await attempt(UPDATE, foreign)).toBe('FORBIDDEN')
    expect(await attempt(REMOVE, foreign)).toBe('FORBIDDEN')
    expect(await attempt(UPDATE, own)).toBeUndefined()
    expect(await attempt(UPDATE, own, { cookie: overlord.cookie } as never)).toBeUndefined()
    const { data } = await overlord.graph<{ watchRules: { nodes: { name: string; mine: boolean; owner: string }[] } }>(
      '{ watchRules { nodes { name mine owner } } }',
      {},
      { headers: mine },
    )
    expect(data.watchRules.nodes[0]).toEqual({ name: 'Changed', mine: true, owner: 'maker' })
    expect(await attempt(REMOVE, own)).toBeUndefined()
    expect(await attempt(REMOVE, own)).toBe('NOT_FOUND')
    for (let n = 0; n < 50; n++) await create(rule, mine)
    const tooMany = await overlord.graph(CREATE, { rule }, { headers: mine, mayFail: true })
    expect(tooMany.errors?.[0]?.message).toContain('50 rules already')
  })

  it.each([
    [{ field: 'TAPERS', comparison: 'LT' }],
    [{ field: 'STATE', comparison: 'LT', text: 'x' }],
    [{ field: 'STATE', comparison: 'EQ', number: 1 }],
    [{ field: 'TAPERS', comparison: 'LT', number: 1, forSeconds: 1e6 }],
    [{ field: 'TAPERS', comparison: 'LT', number: 1, characters: [] }],
    [{ field: 'TAPERS', comparison: 'LT', number: 1, characters: ['a'], tag: 'b' }],
    [{ field: 'TAPERS', comparison: 'LT', number: 1, name: 'x'.repeat(81) }],
  ])('is refused when it could never hold or be read: %o', async (part) => {
    const answer = await overlord.graph(CREATE, { rule: { name: 'Bad', ...part } }, { mayFail: true })
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  })
})
