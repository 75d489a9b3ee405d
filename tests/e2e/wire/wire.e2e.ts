import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectPlugin } from '../../../shared/testing/plugin.ts'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const now = () => new Date().toISOString().replace('Z', '4567Z') // .NET sends seven digits

describe('an unmodified plugin', () => {
  it('[FRM2] [TIM1] reports where its character is: string numbers, unknown fields, by query and subscription', async () => {
    await using feed = overlord.feed<{ character: { name: string }; kills: number; tapers: number }>(
      'subscription { telemetryChanged { character { name } kills tapers } }',
      'telemetryChanged',
    )
    await using plugin = await overlord.plugin('Larsson')
    const frame = {
      type: 'telemetry',
      character_name: 'Larsson',
      char_tag: 'main',
      session_id: 'one',
      timestamp: now(),
      ew: -44.31,
      ns: '65,98',
      z: 10.25,
      kills: 1520,
      kills_per_hour: '812.40',
      onlinetime: '1.01:52:31',
      deaths: '0',
      total_deaths: '133',
      rares_found: 1,
      prismatic_taper_count: '4211',
      vt_state: 'combat',
      brand_new_field: { a: [1] },
    }
    plugin.send(frame)
    expect(await feed.find((event) => event.character.name === 'Larsson', 1_000)).toMatchObject({
      kills: 1520,
      tapers: 4211,
    })
    const answer = await until(
      'the row',
      async () => {
        const { data } = await overlord.graph<{ character: { live: boolean; tag: string; telemetry: unknown } | null }>(
          `{ character(name: "Larsson") { live tag telemetry { ew ns z sessionId kills killsPerHour onlineSeconds deaths
            totalDeaths tapers state } } }`,
        )
        // Positions are shown before they are stored; the rest of a new character comes with its row.
        return data.character?.live == null ? null : data.character
      },
      1_000,
    )
    expect(answer).toEqual({
      live: true,
      tag: 'main',
      telemetry: {
        ew: -44.31,
        ns: 65.98,
        z: 10.25,
        sessionId: 'one',
        kills: 1520,
        killsPerHour: 812.4,
        onlineSeconds: 93_151,
        deaths: 0,
        totalDeaths: 133,
        tapers: 4211,
        state: 'combat',
      },
    })
  })

  it('[TAG1] takes a tag away by null or nothing, and keeps it by silence', async () => {
    await using plugin = await overlord.plugin('Tagged')
    const tell = (kills: number, tag: object) =>
      plugin.send({ type: 'telemetry', character_name: 'Tagged', ew: 1, ns: 1, kills, ...tag })
    const shown = (kills: number, tag: string | null) =>
      until(`${kills} with ${tag}`, async () => {
        const { data } = await overlord.graph<{
          character: { tag: string | null; telemetry: { kills: number } } | null
        }>('{ character(name: "Tagged") { tag telemetry { kills } } }')
        return data.character?.telemetry.kills === kills && data.character.tag === tag
      })
    const steps: [object, string | null][] = [
      [{ char_tag: 'one' }, 'one'],
      [{}, 'one'],
      [{ char_tag: '' }, null],
      [{ char_tag: 'two' }, 'two'],
      [{ char_tag: null }, null],
      [{}, null],
    ]
    for (const [n, [frame, tag]] of steps.entries()) {
      tell(n, frame)
      await shown(n, tag)
    }
  })

  it('[SOC5] [FRM9] is not harmed by garbage, its own or a neighbour’s: the frame after it is kept', async () => {
    await using plugin = await overlord.plugin('Garbler')
    const bad = [
      '',
      'not json',
      '[]',
      'null',
      '42',
      '{"type":"__proto__"}',
      '{"type":"constructor","character_name":"x"}',
      '{"type":5}',
      '{}',
      '{"type":"telemetry"}',
      '{"type":"telemetry","character_name":"","ew":1,"ns":1}',
      '{"type":"telemetry","character_name":"Garbler","ew":1e300,"ns":1}',
      '{"type":"vitals","character_name":null}',
      '{"type":"full_inventory","character_name":"Garbler","items":{}}',
      '{"type":"inventory_delta","character_name":"Garbler","action":"explode","item_id":1}',
      '{"type":"future_thing","character_name":"Garbler"}',
      `{"type":"chat","character_name":"Garbler","text":"nul \\u0000 and half \\ud800"}`,
    ]
    for (const text of bad) plugin.sendText(text)
    for (const type of ['share_deep', 'character_stats', 'brand_new'])
      plugin.sendText(`{"type":"${type}","character_name":"Garbler","deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)
    plugin.send({ type: 'telemetry', character_name: 'Garbler', ew: 1.5, ns: -2.5, kills: 3e9 })
    const answer = await until(
      'the good frame',
      async () =>
        (
          await overlord.graph<{ character: { telemetry: unknown } | null }>(
            '{ character(name: "Garbler") { telemetry { ew ns kills } } }',
          )
        ).data.character?.telemetry,
    )
    expect(answer).toEqual({ ew: 1.5, ns: -2.5, kills: null })
    expect(plugin.isOpen()).toBe(true)
    const lines = await overlord.graph<{ chat: { nodes: { text: string }[] } }>(
      '{ chat(where: { characters: ["Garbler"] }) { nodes { text } } }',
    )
    expect(lines.data.chat.nodes).toEqual([{ text: 'nul  and half \ufffd' }])
  })

  it('[RAR2] [CMB1] [SHT1] reports vitals, chat, rares, fights and its sheet', async () => {
    await using rares = overlord.feed<{ id: string; name: string; tier: string }>(
      'subscription { rareFound { id name tier } }',
      'rareFound',
    )
    await using chat = overlord.feed<{ text: string; channel: string }>(
      'subscription { chatReceived(where: { channels: [ALLEGIANCE] }) { text channel } }',
      'chatReceived',
    )
    await knownCharacter(overlord, 'Erynn')
    await using fights = overlord.feed<{ fight: { totals: { kills: number } } }>(
      'subscription { combatChanged(characters: ["Erynn"]) { fight { totals { kills } } } }',
      'combatChanged',
    )
    await using plugin = await overlord.plugin('Erynn')
    plugin.send({
      type: 'vitals',
      timestamp: now(),
      character_name: 'Erynn',
      health_current: 341,
      health_max: 372,
      health_percentage: 91.7,
      stamina_current: 400,
      stamina_max: 455,
      mana_percentage: '53.8',
      vitae: 5,
    })
    const element = {
      total_attacks: 411,
      failed_attacks: 12,
      crits: 44,
      total_normal_damage: 70100,
      max_normal_damage: 402,
      total_crit_damage: 20111,
      max_crit_damage: 812,
    }
    plugin.send({
      type: 'combat_stats',
      timestamp: now(),
      character_name: 'Erynn',
      session_id: 'a',
      session: {
        total_damage_given: 812233,
        total_damage_received: '10233',
        total_kills: 220,
        total_aetheria_surges: 31,
        total_cloak_surges: 4,
        monsters: {
          'Drudge Slinker': {
            kill_count: 220,
            damage_given: 90211,
            damage_received: 801,
            offense: { MeleeMissile: { Fire: element } },
            defense: {},
          },
        },
      },
    })
    plugin.send({
      type: 'combat_stats',
      timestamp: now(),
      character_name: 'Erynn',
      session_id: 'b',
      session: {
        total_damage_given: 1,
        total_damage_received: 2,
        total_kills: 3,
        monsters: {
          'Drudge Slinker': { kill_count: 3, offense: { MeleeMissile: { Fire: { ...element, max_crit_damage: 9 } } } },
        },
      },
    })
    plugin.send({
      type: 'character_stats',
      timestamp: now(),
      character_name: 'Erynn',
      level: 275,
      race: 'Aluvian',
      gender: 'Female',
      total_xp: 191226310247,
      attributes: { strength: { base: 290, creation: 100 } },
      skills: { war_magic: { base: 533, training: 'Specialized' } },
      allegiance: { name: 'Knights of Dereth' },
    })
    for (const _ of [1, 2])
      plugin.send({
        type: 'rare',
        timestamp: '2026-06-20T18:06:00Z',
        character_name: 'Erynn',
        name: 'Infinite Leather',
        ew: -44.2,
        ns: 66,
        z: 10.2,
      })

    // The stream is live from here on; it may have opened after the first frames.
    plugin.send({
      type: 'rare',
      timestamp: '2026-06-20T18:07:00Z',
      character_name: 'Erynn',
      rare_name: "Adherent's Crystal",
    })
    await until('both chat and rare streams', async () => {
      plugin.send({
        type: 'chat',
        timestamp: now(),
        character_name: 'Erynn',
        text: '[Allegiance] Sawato says, "gj"',
        color: 18,
      })
      await chat.find(() => true, 500)
      return true
    })
    expect(chat.seen[0]).toEqual({ text: '[Allegiance] Sawato says, "gj"', channel: 'ALLEGIANCE' })
    await rares.find((rare) => rare.name === "Adherent's Crystal")
    await fights.find((change) => change.fight.totals.kills === 3)

    // The rare was sent last, and frames of one plugin are stored in order.
    await until('the last frame to be stored', async () => {
      const { data } = await overlord.graph<{ character: { rares: { totalCount: number } } }>(
        '{ character(name: "Erynn") { rares { totalCount } } }',
      )
      return data.character.rares.totalCount === 2
    })
    const { data } = await overlord.graph<{ character: Record<string, unknown> }>(`{ character(name: "Erynn") {
      vitals { health maxHealth healthPercent staminaPercent manaPercent vitae }
      sheet { level race totalXp attributes { name base creation } skills { name training } allegiance }
      rares { totalCount nodes { name tier } }
      combat { latestFight { sessionId } lifetime { kills damageReceived monsters { name kills offense { attackType
      attackTypeName element elementName totalAttacks maxCritDamage } } } } } }`)
    expect(data.character).toEqual({
      vitals: { health: 341, maxHealth: 372, healthPercent: 91.7, staminaPercent: 87.9, manaPercent: 53.8, vitae: 5 },
      sheet: {
        level: 275,
        race: 'Aluvian',
        totalXp: 191226310247,
        attributes: [{ name: 'strength', base: 290, creation: 100 }],
        skills: [{ name: 'war_magic', training: 'SPECIALIZED' }],
        allegiance: { name: 'Knights of Dereth' },
      },
      rares: {
        totalCount: 2,
        nodes: [
          { name: "Adherent's Crystal", tier: 'COMMON' },
          { name: 'Infinite Leather', tier: 'GREAT' },
        ],
      },
      combat: {
        latestFight: { sessionId: 'b' },
        lifetime: {
          kills: 223,
          damageReceived: 10235,
          monsters: [
            {
              name: 'Drudge Slinker',
              kills: 223,
              offense: [
                {
                  attackType: 'MELEE_MISSILE',
                  attackTypeName: 'MeleeMissile',
                  element: 'FIRE',
                  elementName: 'Fire',
                  totalAttacks: 822,
                  maxCritDamage: 812,
                },
              ],
            },
          ],
        },
      },
    })
  })

  it('[SOC1] [SOC2] [FRM1] may connect under the original proxy’s path, with its secret in the query', async () => {
    await using plugin = await connectPlugin(`${overlord.url.replace('http', 'ws')}/api/ws/position`, {
      secret: overlord.secret,
      inQuery: true,
      character: 'Proxied',
    })
    plugin.send({ character_name: 'Proxied', ew: 1, ns: 2 }) // rebroadcast telemetry comes without a type
    await until(
      'the character',
      async () =>
        (await overlord.graph<{ character: unknown }>('{ character(name: "Proxied") { name } }')).data.character,
    )
  })

  it('[SOC6] [FRM7] hears what other plugins share, not its own, and the graph passes on unknown frames', async () => {
    await using relayed = overlord.feed<{ type: string; body: unknown }>(
      'subscription { frameReceived { type body } }',
      'frameReceived',
    )
    await using one = await overlord.plugin('Sharer')
    await using two = await overlord.plugin('Listener')
    const share = { type: 'share_vital_update', character_name: 'Sharer', current_health: 341 }
    await until('the share', async () => {
      one.send(share)
      await relayed.find((frame) => frame.type === 'share_vital_update', 300)
      return two.received.length > 0
    })
    expect(two.received[0]).toEqual(share)
    expect(one.received).toEqual([])
    one.send({ type: 'brand_new', character_name: 'Sharer', x: 1 })
    expect(await relayed.find((frame) => frame.type === 'brand_new')).toEqual({
      type: 'brand_new',
      body: { type: 'brand_new', character_name: 'Sharer', x: 1 },
    })
  })

  it('[SOC4] is closed with 1009 for a frame over 16 MiB, counted and logged, and may send one just below', async () => {
    await using plugin = await overlord.plugin('Bulky')
    plugin.send({ type: 'chat', character_name: 'Bulky', text: 'before', padding: 'x'.repeat(15 * 1024 * 1024) })
    await until(
      'the large frame',
      async () =>
        (
          await overlord.graph<{ chat: { nodes: unknown[] } }>(
            '{ chat(where: { characters: ["Bulky"] }) { nodes { text } } }',
          )
        ).data.chat.nodes.length,
    )
    plugin.sendText('x'.repeat(16 * 1024 * 1024 + 1))
    expect((await plugin.closed).code).toBe(1009)
    await until('the log', () => /"character":"Bulky".*cut off/.test(overlord.output()))
    const dropped = async () =>
      (
        await overlord.graph<{ ingest: { dropped: { reason: string; count: number }[] } }>(
          '{ ingest { dropped { reason count } } }',
        )
      ).data.ingest.dropped
    await until('the count', async () =>
      (await dropped()).some(({ reason, count }) => reason === 'frame_too_large' && count === 1),
    )
  })

  it('[SOC8] is acknowledged its frames on disk, if it requested that when it registered', async () => {
    await using silent = await overlord.plugin('Silent')
    await using plugin = await overlord.plugin()
    plugin.send({ type: 'register', player_name: 'Careful', ack: true })
    for (let n = 0; n < 30; n++) plugin.send({ type: 'chat', character_name: 'Careful', text: `line ${n}` })
    plugin.send({ type: 'share_position_update', character_name: 'Careful' })
    plugin.sendText('garbage')
    silent.send({ type: 'chat', character_name: 'Silent', text: 'hush' })
    const counts = () => plugin.received.map((frame) => (frame as { n: number }).n)
    await until('the last acknowledgement', () => counts().at(-1) === 32)
    expect(counts()).toEqual([...counts()].sort((a, b) => a - b))
    expect(plugin.received[0]).toEqual({ type: 'ack', n: counts()[0] })
    expect(silent.received.filter((frame) => (frame as { type: string }).type === 'ack')).toEqual([])
  })

  it('[SOC9] that sends faster than it may is read more slowly, and loses nothing', async () => {
    await using slow = await startOverlord({ env: { INGEST_FRAMES_PER_SECOND: '200' } })
    await using plugin = await slow.plugin('Hasty')
    const padding = 'x'.repeat(2_000) // several reads' worth
    for (let n = 0; n < 900; n++) plugin.send({ type: 'chat', character_name: 'Hasty', text: `line ${n}`, padding })
    const begun = performance.now()
    await until(
      'the last line',
      async () =>
        (await slow.graph<{ chat: { nodes: { text: string }[] } }>('{ chat(first: 1) { nodes { text } } }')).data.chat
          .nodes[0]?.text === 'line 899',
      20_000,
    )
    expect(performance.now() - begun).toBeGreaterThan(1_000) // 900 less a burst of 400, at 200 a second
  })

  it.each([[undefined], ['wrong'], ['your_shared_secret']])(
    '[SOC3] is let in and then closed with 1008 when its secret is %s',
    async (secret) => {
      await using plugin = await connectPlugin(overlord.pluginUrl, secret ? { secret } : {})
      expect((await plugin.closed).code).toBe(1008)
      if (secret === 'your_shared_secret')
        await until('the log to say so', () => overlord.output().includes('placeholder your_shared_secret'))
    },
  )
})

describe('a command', () => {
  const send = (headers?: Record<string, string>) =>
    overlord.graph<{ sendCommand: { outcome: string } }>(
      'mutation { sendCommand(input: { character: "Radar", command: "/radar start" }) { outcome } }',
      {},
      { mayFail: true, ...(headers ? { headers } : {}) },
    )
  it('[SOC7] reaches the plugin that registered last for the character, and says when there is none', async () => {
    expect((await send()).data.sendCommand.outcome).toBe('NOT_CONNECTED')
    await using former = await overlord.plugin('Radar')
    await using plugin = await overlord.plugin('Radar')
    await until(
      'the command',
      async () => (await send()).data.sendCommand.outcome === 'DELIVERED' && plugin.received.length > 0,
    )
    expect(plugin.received[0]).toEqual({ player_name: 'Radar', command: '/radar start' })
    expect(former.isOpen()).toBe(true)
  })
  it('is refused from who may only look', async () => {
    expect((await send({ authorization: `Bearer ${overlord.token}` })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})

describe('what was missed', () => {
  it('[RAR3] comes first for a listener who names the last rare it saw', async () => {
    await using plugin = await overlord.plugin('Finder')
    const find = (name: string) => plugin.send({ type: 'rare', character_name: 'Finder', name })
    const rares = async () =>
      (
        await overlord.graph<{ rares: { nodes: { id: string; name: string }[] } }>(
          '{ rares(where: { characters: ["Finder"] }) { nodes { id name } } }',
        )
      ).data.rares.nodes
    for (const name of ['One', 'Two', 'Three']) find(name)
    const stored = await until('three rares', async () => {
      const found = await rares()
      return found.length === 3 && found
    })
    await using feed = overlord.feed<{ id: string; name: string }>(
      'subscription ($after: ID) { rareFound(where: { characters: ["Finder"] }, afterId: $after) { id name } }',
      'rareFound',
      { after: stored[2]!.id },
    )
    await feed.find((rare) => rare.name === 'Three')
    find('Four')
    await feed.find((rare) => rare.name === 'Four')
    expect(feed.seen.map((rare) => rare.name)).toEqual(['Two', 'Three', 'Four'])
  })

  it('[TEL2] and delivered late is history, not the way just taken', async () => {
    await using plugin = await overlord.plugin('Walker')
    const step = (ew: number, secondsAgo: number) =>
      plugin.send({
        type: 'telemetry',
        character_name: 'Walker',
        ew,
        ns: 0,
        timestamp: new Date(Date.now() - secondsAgo * 1000).toISOString(),
      })
    for (const [ew, ago] of [
      [50, 7_200],
      [51, 600],
      [1, 2],
      [2, 1],
      [3, 0],
    ] as const)
      step(ew, ago)
    const trail = await until('the last step', async () => {
      const { data } = await overlord.graph<{ character: { trail: { ew: number }[] } | null }>(
        '{ character(name: "Walker") { trail { ew } } }',
      )
      return data.character?.trail.at(-1)?.ew === 3 && data.character.trail
    })
    expect(trail.map((point) => point.ew)).toEqual([1, 2, 3])
  })
})
