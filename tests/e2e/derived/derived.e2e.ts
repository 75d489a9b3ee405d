import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const ask = async <T>(query: string) => (await overlord.graph<T>(query)).data
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()

describe('what characters see', () => {
  it('[PRT1] [PRT2] is a list of portals, one at each place, with who discovered them', async () => {
    await using plugin = await overlord.plugin('Finder')
    await using other = await overlord.plugin('Follower')
    plugin.send({
      type: 'portal',
      character_name: 'Finder',
      portal_name: 'Town Network',
      ew: -44.34,
      ns: 65.98,
      z: 10.2,
    })
    const portals = () =>
      ask<{ portals: { nodes: { seenAt: string; discoveredAt: string }[] } }>(
        '{ portals(text: "network") { nodes { name ew ns z discoveredBy { name } discoveredAt seenAt } } }',
      )
    await until('the portal', async () => (await portals()).portals.nodes.length > 0)
    other.send({ type: 'portal', character_name: 'Follower', name: 'Town Network', ew: '-44.26', ns: 66.04 })
    const answer = await until('its second sighting', async () => {
      const [portal] = (await portals()).portals.nodes
      return portal!.seenAt > portal!.discoveredAt && portal
    })
    expect(answer).toMatchObject({
      name: 'Town Network',
      ew: -44.26,
      ns: 66.04,
      z: 10.2,
      discoveredBy: { name: 'Finder' },
    })
    expect((await portals()).portals.nodes).toHaveLength(1)
  })

  it('[SPN1] [SPN2] is a heatmap of monsters, by cells of three sizes and by monster', async () => {
    await using plugin = await overlord.plugin('Hunter')
    const see = (mob: string, ew: number) =>
      plugin.send({ type: 'spawn', character_name: 'Hunter', mob, ew, ns: 66.05, z: 1 })
    for (const ew of [-44.25, -44.24, -44.05, 10.05]) see('Drudge Slinker', ew)
    see('Wasp', -44.25)
    const heat = async (args: string) =>
      (
        await ask<{ spawnHeatmap: { size: number; cells: number[]; spawns: number[]; total: number } }>(
          `{ spawnHeatmap(${args}) { hours cellSize size edge cells spawns total } }`,
        )
      ).spawnHeatmap
    await until('all of them', async () => (await heat('hours: 1')).total === 5)
    const counts = async (args: string) => (await heat(args)).spawns.sort((a, b) => b - a)
    expect(await counts('hours: 1, cellSize: 0.5')).toEqual([4, 1])
    expect(await counts('hours: 168, cellSize: 1')).toEqual([4, 1])
    expect(await counts('hours: 24, cellSize: 2, monster: "Wasp"')).toEqual([1])
    const unknown = await overlord.graph('{ spawnHeatmap(monster: "Drudge") { total } }', {}, { mayFail: true })
    expect(unknown.errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      nearest: expect.arrayContaining(['Drudge Slinker', 'Wasp']) as string[],
    })
    const { size, cells } = await heat('cellSize: 2, monster: "Wasp"')
    expect(cells).toEqual([Math.floor((102 - 66.05) / 2) * size + Math.floor((102 - 44.25) / 2)])
    for (const args of ['hours: 0', 'hours: 169', 'cellSize: 0.1'])
      expect(
        (await overlord.graph(`{ spawnHeatmap(${args}) { total } }`, {}, { mayFail: true })).errors?.[0]?.extensions
          ?.code,
      ).toBe('BAD_USER_INPUT')
  })
})

describe('what a character reports', () => {
  it('[QST1] [QST2] [QST3] of quests: ready or when, by page, by character and as reported', async () => {
    await knownCharacter(overlord, 'Quester')
    await using feed = overlord.feed<{ name: string; ready: boolean | null }>(
      'subscription { questChanged(characters: ["Quester"]) { character { name } name ready readyAt countdown } }',
      'questChanged',
    )
    await using plugin = await overlord.plugin('Quester')
    const tell = (quest_name: string, countdown: string) =>
      plugin.send({ type: 'quest', timestamp: ago(0), character_name: 'Quester', quest_name, countdown })
    await until('the feed', async () => {
      tell('Probe', 'READY')
      return feed.find(() => true, 200)
    })
    tell("Alfrin's Stolen Supplies", '???')
    tell('Acid Axe Quest', '6d 3h 11m')
    tell('Insatiable Eater Jaw', 'READY')
    await feed.find((quest) => quest.name === 'Insatiable Eater Jaw')
    type Quests = {
      nodes: { name: string; readyAt: string | null }[]
      totalCount: number
      pageInfo: { endCursor: string }
    }
    const list = async (args: string) =>
      (
        await ask<{ quests: Quests }>(
          `{ quests(${args}) { totalCount nodes { name ready readyAt cooldownSeconds } pageInfo { endCursor } } }`,
        )
      ).quests
    const all = await list('where: { characters: ["Quester"] }, first: 2')
    expect(all.totalCount).toBe(4)
    expect(all.nodes).toMatchObject([
      { name: 'Acid Axe Quest', ready: false, cooldownSeconds: 2_592_000 },
      { name: "Alfrin's Stolen Supplies", ready: null, readyAt: null },
    ])
    const left = (Date.parse(all.nodes[0]!.readyAt!) - Date.now()) / 1000
    expect(left).toBeGreaterThan(6 * 86_400 + 3 * 3_600 + 10 * 60)
    expect(left).toBeLessThanOrEqual(6 * 86_400 + 3 * 3_600 + 11 * 60)
    const rest = await list(`where: { characters: ["Quester"] }, first: 9, after: "${all.pageInfo.endCursor}"`)
    expect(rest.nodes.map((quest) => quest.name)).toEqual(['Insatiable Eater Jaw', 'Probe'])
    expect((await list('where: { ready: true, text: "EATER" }')).nodes).toMatchObject([{ ready: true }])
    expect(await ask('{ character(name: "Quester") { quests { name } } }')).toMatchObject({
      character: { quests: { length: 4 } },
    })
  })

  it('[EQP1] [EQP2] of its equipment: mana, spells, and the frame itself', async () => {
    await using plugin = await overlord.plugin('Wearer')
    const frame = {
      type: 'equipment_cantrip_state',
      character_name: 'Wearer',
      timestamp: ago(0),
      items: [
        null,
        { item_id: -2147302131, name: 'Girth', state: 'active', current_mana: '812', max_mana: 1200, spells: [6105] },
      ],
    }
    await knownCharacter(overlord, 'Wearer')
    plugin.send(frame)
    await using feed = overlord.feed<unknown>(
      `subscription { equipmentChanged(characters: ["Wearer"]) { character { name } items { itemId name state
        currentMana maxMana secondsLeft spells { spellId name active } } raw } }`,
      'equipmentChanged',
    )
    expect(await feed.find(() => true)).toEqual({
      character: { name: 'Wearer' },
      items: [
        {
          itemId: 2147665165,
          name: 'Girth',
          state: 'active',
          currentMana: 812,
          maxMana: 1200,
          secondsLeft: null,
          spells: [{ spellId: 6105, name: null, active: null }],
        },
      ],
      raw: frame,
    })
  })
})

describe('who watches', () => {
  it('[RDR1] [RDR2] a radar sees the newest picture first, then each; another’s never', async () => {
    await using plugin = await overlord.plugin('Scout')
    const scan = (character_name: string, heading: number) =>
      plugin.send({
        type: 'nearby_objects',
        character_name,
        landblock: '0x00030123',
        ew: 1,
        ns: 2,
        z: 0,
        heading,
        objects: [{ id: -2147000001, name: 'Drudge', object_class: 5, ew: 1.01, ns: 2, distance: 2.4 }, 'junk'],
      })
    scan('Scout', 1)
    const picture =
      'character { name } landblock dungeon heading objects { gameId name objectClassName objectClass distance }'
    const shown = await until('the picture', async () => {
      plugin.send({ type: 'telemetry', character_name: 'Scout', ew: 1, ns: 2 })
      const { character } = await ask<{ character: { radar: unknown } | null }>(
        `{ character(name: "Scout") { radar { ${picture} } } }`,
      )
      return character?.radar
    })
    expect(shown).toEqual({
      character: { name: 'Scout' },
      landblock: '0003',
      dungeon: 'Niffis Fighting Pits',
      heading: 1,
      objects: [{ gameId: 2147967295, name: 'Drudge', objectClassName: 'Monster', objectClass: 5, distance: 2.4 }],
    })
    await knownCharacter(overlord, 'Scout')
    await using feed = overlord.feed<{ heading: number; character: { name: string } }>(
      `subscription { radarChanged(character: "Scout") { ${picture} } }`,
      'radarChanged',
    )
    expect((await feed.find(() => true)).heading).toBe(1)
    scan('Other', 7)
    scan('Scout', 2)
    await feed.find((event) => event.heading === 2)
    expect(feed.seen.map((event) => event.heading)).toEqual([1, 2])
  })

  it('[DNG1] [DNG2] a dungeon: its floor, and each different one that is reported', async () => {
    await using plugin = await overlord.plugin('Digger')
    const tell = (env_id: number) =>
      plugin.send({
        type: 'dungeon_map',
        character_name: 'Digger',
        landblock: '0003',
        z_levels: [{ z: -6, cells: [{ env_id, x: 70, y: -40, rotation: 180 }] }],
      })
    await using feed = overlord.feed<{ levels: { cells: { envId: number }[] }[] }>(
      `subscription { dungeonMapChanged(landblock: "0x0003") { landblock name levels { z cells { envId x y rotation } }
        } }`,
      'dungeonMapChanged',
    )
    tell(612)
    const floor = await until(
      'the floor',
      async () =>
        (
          await ask<{ dungeonMap: unknown }>(
            '{ dungeonMap(landblock: "00030000") { landblock name levels { z cells { envId x y rotation } } } }',
          )
        ).dungeonMap,
    )
    expect(floor).toEqual({
      landblock: '0003',
      name: 'Niffis Fighting Pits',
      levels: [{ z: -6, cells: [{ envId: 612, x: 70, y: -40, rotation: 180 }] }],
    })
    tell(613)
    await feed.find(({ levels }) => levels[0]!.cells[0]!.envId === 613)
    expect(await ask('{ dungeonMap(landblock: "FFFF") { name } }')).toEqual({ dungeonMap: null })
  })
})

describe('what is counted', () => {
  const SUMS = 'kills deaths rares tapersUsed onlineSeconds'
  it('[TLY1] [TLY2] [TLY5] [TLY7] [TLY8] of a life and its sessions is right across our own death', async () => {
    let second = 0
    const telemetry = (session_id: string, kills: number, tapers: number, onlinetime: string) => ({
      type: 'telemetry',
      character_name: 'Liver',
      session_id,
      timestamp: ago(1000 - second++),
      ew: 1,
      ns: 2,
      kills,
      deaths: '1',
      prismatic_taper_count: String(tapers),
      onlinetime,
    })
    const totals = async () =>
      await ask<{
        character: { totals: { kills: number }; playSession: { kills: number } } | null
        totals: { kills: number }
      }>(
        `{ character(name: "Liver") { totals { ${SUMS} since } playSession { sessionId kills } playSessions { totalCount
          nodes { sessionId ${SUMS} } } } totals(characters: ["Liver"]) { ${SUMS} since } }`,
      )
    {
      await using plugin = await overlord.plugin('Liver')
      for (const frame of [telemetry('one', 10, 50, '00:01:00'), telemetry('one', 14, 45, '00:02:00')])
        plugin.send(frame)
      plugin.send({ type: 'rare', character_name: 'Liver', name: 'Infinite Leather', timestamp: ago(5) })
      plugin.send(telemetry('two', 3, 44, '00:00:10'))
      await until('two sessions', async () => (await totals()).character?.totals.kills === 17)
    }
    await overlord.kill9()
    await overlord.restart()
    await using plugin = await overlord.plugin('Liver')
    plugin.send(telemetry('two', 5, 40, '00:00:30'))
    plugin.send(telemetry('two', 1, 40, '00:00:40'))
    const { character, ...guild } = await until('the session after it', async () => {
      const found = await totals()
      // Fields of one answer are read one after the other: all must have seen the last batch.
      const { playSession, totals: life } = found.character!
      return (
        playSession.kills === 6 && life.kills === 20 && found.totals.kills === 20 && (found as Record<string, unknown>)
      )
    })
    const life = {
      kills: 20,
      deaths: 2,
      rares: 1,
      tapersUsed: 9,
      onlineSeconds: 160,
      since: expect.any(String) as string,
    }
    expect(guild).toEqual({ totals: life })
    expect(character).toEqual({
      totals: life,
      playSession: { sessionId: 'two', kills: 6 },
      playSessions: {
        totalCount: 2,
        nodes: [
          { sessionId: 'two', kills: 6, deaths: 1, rares: 0, tapersUsed: 4, onlineSeconds: 40 },
          { sessionId: 'one', kills: 14, deaths: 1, rares: 1, tapersUsed: 5, onlineSeconds: 120 },
        ],
      },
    })
  })

  it('[CMB3] [CMB4] [CMB5] [CMB6] of fights is the sum of its parts, without what came late', async () => {
    await using plugin = await overlord.plugin('Fighter')
    const fight = (second: number, kills: number, fields: object = {}) =>
      plugin.send({
        type: 'combat_stats',
        character_name: 'Fighter',
        timestamp: ago(100 - second),
        session: {
          total_kills: kills,
          aetheria_surges: kills,
          monsters: { Wasp: { kill_count: kills, offense: { Fire: { total_attacks: kills } } } },
        },
        lifetime: { total_kills: 9_999 },
        ...fields,
      })
    plugin.send({ type: 'telemetry', character_name: 'Fighter', session_id: 'one', ew: 1, ns: 2 })
    for (const [second, kills] of [
      [1, 5],
      [5, 9],
      [3, 7],
      [7, 2],
      [7, 2],
      [9, 4],
    ] as const)
      fight(second, kills)
    const ELEMENT = 'monsters { kills offense { attackTypeName elementName totalAttacks } }'
    const combat = await until('the last of them', async () => {
      const { character } = await ask<{ character: { combat: { lifetime: { kills: number } } | null } | null }>(
        `{ character(name: "Fighter") { combat { latestFight { sessionId totals { kills aetheriaSurges ${ELEMENT} } }
          lifetime { kills } } } }`,
      )
      return character?.combat?.lifetime.kills === 13 && character.combat
    })
    expect(combat).toEqual({
      latestFight: {
        sessionId: 'one',
        totals: {
          kills: 13,
          aetheriaSurges: 13,
          monsters: [{ kills: 13, offense: [{ attackTypeName: 'Unknown', elementName: 'Fire', totalAttacks: 13 }] }],
        },
      },
      lifetime: { kills: 13 },
    })
  })
})
