import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

interface Description {
  openapi: string
  info: { version: string }
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>>
}

let overlord: TestOverlord
let viewer: TestPerson
let operator: TestPerson
let plugin: TestPlugin
let description: Description

const NAME = 'Larsson of Eastham'
const SESSION = '6f9d2f0e-3f7a-4c3b-9c0b-2f8f3f9f7a11'
const LIVE_KEYS =
  `character_name char_tag session_id timestamp ew ns z kills kills_per_hour onlinetime deaths total_deaths
  rares_found prismatic_taper_count vt_state mem_mb cpu_pct mem_handles latency_ms
  received_at total_kills total_rares session_rares`.split(/\s+/)

const FRAMES = [
  {
    type: 'telemetry',
    char_tag: 'main',
    session_id: SESSION,
    timestamp: '2026-06-20T18:03:11.1234567Z',
    ew: -44.31,
    ns: 65.98,
    z: 10.25,
    kills: 1520,
    kills_per_hour: '812.40',
    onlinetime: '01:52:31',
    deaths: '0',
    total_deaths: '133',
    rares_found: 1,
    prismatic_taper_count: '4211',
    vt_state: 'combat',
    mem_mb: 812.4,
    cpu_pct: 6.1,
    mem_handles: 1180,
    latency_ms: 41,
  },
  { type: 'vitals', health_current: 341, health_max: 372, health_percentage: 91.7, vitae: 0 },
  {
    type: 'character_stats',
    level: 275,
    race: 'Aluvian',
    total_xp: 191226310247,
    deaths: 133,
    attributes: { strength: { base: 290, creation: 100 } },
    skills: { war_magic: { base: 533, training: 'Specialized' } },
    properties: { 218: 3 },
  },
  {
    type: 'full_inventory',
    items: [
      {
        Id: -2147302131,
        ObjectClass: 2,
        HasIdData: true,
        ContainerId: 0,
        Name: 'Celdon Girth',
        ArmorLevel: 412,
        CurrentWieldedLocation: 1024,
        IntValues: { 5: 640, 10: 1024, 19: 21345, 28: 412, 131: 57, 160: 180, 158: 7, 159: 1, 374: 1 },
        DoubleValues: { 167772169: 7 },
        Spells: [6105, 4704],
        ActiveSpells: [],
      },
    ],
  },
  {
    type: 'equipment_cantrip_state',
    items: [{ item_id: -2147302131, name: 'Celdon Girth', state: 'active', current_mana: 812, max_mana: 1200 }],
  },
  { type: 'portal', portal_name: 'Portal to Town Network', ew: -44.34, ns: 65.98, z: 10.2 },
  { type: 'spawn', mob: 'Drudge Slinker', ew: -44.2, ns: 66, z: 10.2 },
  { type: 'quest', quest_name: 'Stipend Collection Timer', countdown: '6d 3h 11m' },
  { type: 'quest', quest_name: 'Insatiable Eater Jaw', countdown: 'READY' },
  { type: 'rare', name: 'Infinite Leather', ew: -44.2, ns: 66, z: 10.2 },
  {
    type: 'combat_stats',
    session_id: SESSION,
    session: {
      total_damage_given: 812233,
      total_damage_received: 10233,
      total_kills: 1520,
      total_aetheria_surges: 31,
      total_cloak_surges: 4,
      monsters: {
        'Drudge Slinker': {
          kill_count: 220,
          damage_given: 90211,
          damage_received: 801,
          offense: {
            MeleeMissile: {
              Fire: {
                total_attacks: 411,
                failed_attacks: 12,
                crits: 44,
                total_normal_damage: 70100,
                max_normal_damage: 402,
                total_crit_damage: 20111,
                max_crit_damage: 812,
              },
            },
          },
          defense: {},
        },
      },
    },
  },
  { type: 'share_vital_update', current_health: 341, max_health: 372 },
]
const tell = () => {
  for (const frame of FRAMES) plugin.send({ character_name: NAME, timestamp: '2026-06-20T18:03:11Z', ...frame })
}

const ask = (path: string, headers: Record<string, string> = { cookie: viewer.cookie }, init: RequestInit = {}) =>
  fetch(`${overlord.url}${path}`, { redirect: 'manual', ...init, headers })
const json = async <T>(path: string, headers?: Record<string, string>): Promise<T> =>
  (await (await ask(path, headers)).json()) as T
const write = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
  const answer = await ask(
    path,
    { 'content-type': 'application/json', ...headers },
    { method, body: body === undefined ? null : JSON.stringify(body) },
  )
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown> & { error?: { code: string; hint: string } },
  }
}

beforeAll(async () => {
  overlord = await startOverlord()
  viewer = await aPerson(overlord, 'Reader')
  operator = await aPerson(overlord, 'Helper', 'OPERATOR')
  plugin = await overlord.plugin(NAME)
  description = await json('/openapi.json')
  tell()
  await until('everything to be stored', async () => {
    const all = await Promise.all(
      ['/stats', '/character-stats', '/inventory', '/equipment-cantrip-state', '/combat-stats'].map((path) =>
        ask(`${path}/${encodeURIComponent(NAME)}`),
      ),
    )
    const { total_points } = await json<{ total_points: number }>('/spawns/heatmap')
    const { player_count } = await json<{ player_count: number }>('/quest-status')
    return all.every(({ ok }) => ok) && total_points > 0 && player_count > 0
  })
})
afterAll(async () => {
  for (const one of [viewer, operator]) await one[Symbol.asyncDispose]()
  await plugin[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

const GETS: [template: string, path: string][] = [
  ['/live', '/live'],
  ['/trails', '/trails?seconds=600'],
  ['/history', '/history?points=20'],
  ['/stats/{character}', '/stats/NAME'],
  ['/character-stats/{character}', '/character-stats/NAME'],
  ['/equipment-cantrip-state/{character}', '/equipment-cantrip-state/NAME'],
  ['/inventory/{character}', '/inventory/NAME'],
  ['/inventory/{character}/search', '/inventory/NAME/search?min_armor=400'],
  ['/search/items', '/search/items?text=celdon&include_all_characters=true'],
  ['/search/equipped/{character}', '/search/equipped/NAME?slot=Abdomen'],
  ['/search/upgrades/{character}/{slot}', '/search/upgrades/NAME/Abdomen'],
  ['/characters/list', '/characters/list'],
  ['/sets/list', '/sets/list'],
  ['/suitbuilder/characters', '/suitbuilder/characters'],
  ['/suitbuilder/sets', '/suitbuilder/sets'],
  ['/inventory-characters', '/inventory-characters'],
  ['/combat-stats', '/combat-stats'],
  ['/combat-stats/{character}', '/combat-stats/NAME'],
  ['/spawns/heatmap', '/spawns/heatmap?hours=24'],
  ['/portals', '/portals'],
  ['/total-rares', '/total-rares'],
  ['/total-kills', '/total-kills'],
  ['/quest-status', '/quest-status'],
  ['/vital-sharing/peers', '/vital-sharing/peers'],
  ['/me', '/me'],
  ['/issues', '/issues'],
  ['/server-health', '/server-health'],
  ['/api-version', '/api-version'],
  ['/debug', '/debug'],
  ['/health', '/health'],
  ['/agent/health', '/agent/health'],
  ['/agent/sessions/{session_id}/history', '/agent/sessions/00000000-0000-4000-8000-000000000000/history'],
]

describe('the addresses of the original', () => {
  it('[FAC1] are described, each, and asked here, each', () => {
    const described = Object.entries(description.paths)
      .filter(([, methods]) => methods['get'])
      .map(([path]) => path)
    expect(described.sort()).toEqual(
      [...GETS.map(([template]) => template), '/api-admin/users', '/metrics/guild'].sort(),
    )
    expect(description.openapi).toBe('3.1.0')
  })

  it.each(GETS)('[FAC1] %s answers in its shape, under /api too', async (template, path) => {
    const { schema } = description.paths[template]!['get']!.responses['200']!.content['application/json']!
    const validate = new Ajv2020({ strict: false }).compile(schema)
    for (const prefix of ['', '/api']) {
      const answer = await ask(`${prefix}${path.replace('NAME', encodeURIComponent(NAME))}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain('application/json')
      validate(await answer.json())
      expect(validate.errors ?? []).toEqual([])
    }
  })

  it('[FAC2] /live has rows of the 23 keys, with numbers where plugins sent text and moments as Python writes', async () => {
    const [row] = await until('a row', async () => {
      tell()
      const { players } = await json<{ players: Record<string, unknown>[] }>('/live')
      return players.length > 0 && players
    })
    expect(Object.keys(row!).sort()).toEqual([...LIVE_KEYS].sort())
    expect(row).toMatchObject({
      character_name: NAME,
      char_tag: 'main',
      session_id: SESSION,
      ew: expect.closeTo(-44.31, 3) as number,
      kills: 1520,
      kills_per_hour: expect.closeTo(812.4, 3) as number,
      onlinetime: '01:52:31',
      total_deaths: 133,
      prismatic_taper_count: 4211,
      vt_state: 'combat',
      total_rares: 1,
    })
    expect(row!['received_at']).toMatch(/\+00:00$/)
  })

  it('answer for one character what the graph has', async () => {
    const of = <T>(path: string) => json<T>(`${path}/${encodeURIComponent(NAME)}`)
    expect(await of('/stats')).toMatchObject({ character_name: NAME, latest_snapshot: { kills: 1520 }, total_rares: 1 })
    expect(await of('/character-stats')).toMatchObject({
      level: 275,
      total_xp: 191226310247,
      properties: { 218: 3 },
      skills: { war_magic: { base: 533, training: 'Specialized' } },
    })
    expect(await of('/inventory')).toMatchObject({
      item_count: 1,
      items: [
        {
          item_id: 2147665165,
          name: 'Celdon Girth',
          armor_level: 412,
          current_wielded_location: 1024,
          wield_level: 180,
          crit_damage_rating: 1,
          spells: [6105, 4704],
        },
      ],
    })
    expect(await of('/equipment-cantrip-state')).toMatchObject({ items: [{ state: 'active', current_mana: 812 }] })
    expect(await of('/combat-stats')).toMatchObject({
      session_id: SESSION,
      session: { monsters: { 'Drudge Slinker': { offense: { MeleeMissile: { Fire: { total_attacks: 411 } } } } } },
      lifetime: { total_damage_given: 812233 },
    })
    expect(await json('/quest-status')).toMatchObject({
      quest_data: { [NAME]: { 'Insatiable Eater Jaw': 'READY', 'Stipend Collection Timer': '6d 3h 11m' } },
    })
    expect(await json('/portals')).toMatchObject({
      portals: [{ portal_name: 'Portal to Town Network', discovered_by: NAME }],
    })
    expect(await json('/vital-sharing/peers')).toMatchObject({
      peers: [{ character_name: NAME, plugin_connected: true, current_health: 341 }],
    })
    expect(await json('/total-rares')).toMatchObject({ all_time: 1 })
    expect(await json('/inventory-characters')).toMatchObject({ characters: [{ character_name: NAME, item_count: 1 }] })
  })

  it('[FAC7] give figures for Prometheus', async () => {
    const answer = await ask(`/metrics/guild?token=${overlord.token}`, {})
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const text = await answer.text()
    expect(text).toContain(`overlord_character_rares_total{character="${NAME}"} 1\n`)
    expect(text).toMatch(/^# TYPE overlord_guild_characters_live gauge$/m)
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{character="[^"]*"\})? -?[\d.e+-]+)$/)
  })

  it.each([
    '/stats/Nobody',
    '/character-stats/Nobody',
    '/inventory/Nobody',
    '/inventory/Nobody/search',
    '/search/equipped/Nobody',
    '/search/upgrades/Nobody/Chest',
    '/combat-stats/Nobody',
    '/equipment-cantrip-state/Nobody',
  ])('%s is not found, as JSON with a code and a hint', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND', hint: expect.any(String) as string } })
  })

  it.each([
    ['/trails?seconds=3601', '`seconds`'],
    ['/trails?seconds=x', '`seconds`'],
    ['/spawns/heatmap?hours=0', '`hours`'],
    ['/spawns/heatmap?limit=50001', '`limit`'],
    ['/inventory/Larsson?limit=5001', '`limit`'],
    ['/search/items?limit=1001', '`limit`'],
    ['/search/items?page=30&limit=1000', '`page`'],
    ['/search/items?slot_names=Elbow', 'Elbow'],
    ['/search/items?item_set=None', 'None'],
    ['/search/items?sort_by=luck', '`sort_by`'],
    ['/search/items?min_armor=much', '`min_armor`'],
    ['/search/items?armor_only=true&shirt_only=true', 'only one'],
    ['/search/items?text=' + 'x'.repeat(201), '`text`'],
    ['/search/upgrades/Larsson/Elbow', 'Elbow'],
    ['/history?from=never', '`from`'],
    ['/history?from=2020-01-01', '400 days'],
    ['/history?points=501', '`points`'],
    ['/stats/%00', 'NUL'],
  ])('[FAC5] answers are bounded: %s is refused', async (path, says) => {
    const answer = await ask(path)
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(error.message).toContain(says)
  })

  it('/history has a row for each stretch with telemetry, from what the graph kept', async () => {
    const { data } = await json<{ data: Record<string, unknown>[] }>('/history?points=10')
    expect(data.at(-1)).toEqual({
      timestamp: expect.stringMatching(/\+00:00$/) as string,
      character_name: NAME,
      kills: 1520,
      kills_per_hour: expect.closeTo(812.4, 3) as number,
    })
  })

  it('take the methods they know', async () => {
    const answer = await ask('/live', undefined, { method: 'DELETE' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await ask('/live', undefined, { method: 'HEAD' })).status).toBe(200)
    expect((await ask('/inventory/Larsson/nothing')).status).toBe(404)
    expect((await ask('/api/nothing')).status).toBe(404)
  })
})

describe('who asks', () => {
  const unsigned = GETS.filter(([template]) => !template.endsWith('/health'))

  it.each(unsigned)('[FAC4] %s needs a sign-in, whatever the address', async (_, path) => {
    for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1' }, { 'x-real-ip': '10.0.0.1' }]) {
      const answer = await ask(path, headers as Record<string, string>)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    }
  })

  it('[FAC4] is known by cookie, bearer or ?token=; a wrong token is 401, never treated as missing', async () => {
    for (const asked of [
      ask('/me'),
      ask('/me', { authorization: `Bearer ${overlord.token}` }),
      ask(`/me?token=${overlord.token}`, {}),
      ask(`/api/me?token=${overlord.token}`, {}),
    ])
      expect((await asked).status).toBe(200)
    for (const [path, headers] of [
      ['/me?token=ovl_svc_wrong', { cookie: viewer.cookie }],
      ['/me?token=', { cookie: viewer.cookie }],
      ['/me', { authorization: 'Bearer wrong', cookie: viewer.cookie }],
    ] as const) {
      const answer = await ask(path, headers)
      expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
        401,
        'BAD_TOKEN',
      ])
    }
  })

  it('[FAC4] a browser is sent to the sign-in page', async () => {
    const answer = await ask('/live', { accept: 'text/html,application/xhtml+xml' })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login'])
    expect((await ask('/health', {})).status).toBe(200)
  })

  it('[FAC4] a page of another site may not use a visitor’s session', async () => {
    const answer = await ask('/live', { cookie: viewer.cookie, origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    const form = await ask(
      '/issues',
      { cookie: operator.cookie, 'content-type': 'text/plain' },
      { method: 'POST', body: '{"title":"x"}' },
    )
    expect(form.status).toBe(415)
  })

  it('sees of a character no more than the graph shows', async () => {
    await overlord.graph(
      `mutation {
        setPlaceShown(input: { character: "Larsson of Eastham", placeShown: HIDDEN }) { ownership { placeShown } }
      }`,
    )
    const { trails } = await until('it to be hidden', async () => {
      tell()
      const { players } = await json<{ players: { ew: number | null }[] }>('/live')
      return players[0]?.ew === null && json<{ trails: unknown[] }>('/trails')
    })
    expect(trails).toEqual([])
    expect(await json('/portals')).toMatchObject({ portals: [{ discovered_by: null }] })
    const admin = await json<{ players: { ew: number }[] }>('/live', { cookie: overlord.cookie })
    expect(admin.players[0]!.ew).toBeCloseTo(-44.31, 3)
    await overlord.graph(
      `mutation {
        setPlaceShown(input: { character: "Larsson of Eastham", placeShown: EXACT }) { ownership { placeShown } }
      }`,
    )
  })

  it('sees the description and its page when signed in', async () => {
    for (const path of ['/openapi.json', '/api-docs']) expect((await ask(path, {})).status).toBe(401)
    const page = await ask('/api-docs')
    const text = await page.text()
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const path of Object.keys(description.paths)) expect(text).toContain(path)
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//)
  })
})

describe('the issue board', () => {
  it('[FAC6] is written by operators, cleared by admins, read by all', async () => {
    const as = (person: { cookie: string }) => ({ cookie: person.cookie })
    const refused = await write('POST', '/issues', { title: 'Not mine to say' }, as(viewer))
    expect([refused.status, refused.body.error!.code]).toEqual([403, 'FORBIDDEN'])
    const made = await write(
      'POST',
      '/api/issues',
      { title: 'The map is upside down', description: 'Since noon' },
      as(operator),
    )
    expect(made).toMatchObject({
      status: 200,
      body: { title: 'The map is upside down', resolved: false, author: 'Helper' },
    })
    const id = String(made.body['id'])
    await write('POST', `/issues/${id}/comments`, { text: 'Turned' }, as(operator))
    expect(await write('PATCH', `/issues/${id}`, { resolved: true }, as(operator))).toMatchObject({
      body: { resolved: true, comments: [{ text: 'Turned' }] },
    })
    expect(await json('/issues')).toMatchObject({ issues: [{ id, description: 'Since noon' }] })
    expect((await write('DELETE', `/issues/${id}`, undefined, as(operator))).status).toBe(403)
    expect((await write('DELETE', `/issues/${id}`, undefined, as(overlord))).status).toBe(200)
    expect((await write('PATCH', `/issues/${id}`, { resolved: true }, as(operator))).status).toBe(404)
    expect((await write('POST', '/issues', { title: 7 }, as(operator))).status).toBe(400)
  })
})

describe('accounts', () => {
  it('[FAC6] are managed by admins, never their own role, each write kept', async () => {
    const admin = { cookie: overlord.cookie }
    for (const person of [viewer, operator])
      expect((await ask('/api-admin/users', { cookie: person.cookie })).status).toBe(403)
    const made = await write(
      'POST',
      '/api-admin/users',
      { username: 'Fresh', password: 'long enough for us', is_admin: false },
      admin,
    )
    expect(made).toMatchObject({ status: 200, body: { username: 'Fresh', is_admin: false, role: 'viewer' } })
    const user = `/api/api-admin/users/${String(made.body['id'])}`
    expect(await write('PATCH', user, { is_admin: true }, admin)).toMatchObject({ body: { is_admin: true } })
    expect((await write('PATCH', `${user}/admin`, { is_admin: false }, admin)).body['is_admin']).toBe(false)
    expect((await write('PATCH', `${user}/password`, { password: 'another one for us' }, admin)).status).toBe(200)
    expect((await write('PATCH', user, {}, admin)).status).toBe(400)
    const { users } = await json<{ users: { id: string; username: string }[] }>('/api-admin/users', admin)
    const own = users.find(({ username }) => username === 'admin')!
    expect((await write('DELETE', `/api-admin/users/${own.id}`, undefined, admin)).status).toBe(403)
    expect((await write('DELETE', user, undefined, admin)).status).toBe(200)
    expect((await write('POST', '/api-admin/users', { username: 'Short', password: 'x' }, admin)).status).toBe(400)
    const { data } = await overlord.graph<{ audit: { nodes: { action: string }[] } }>('{ audit { nodes { action } } }')
    expect(data.audit.nodes.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['createUser', 'setUserRole', 'setUserPassword', 'deleteUser']),
    )
  })
})

describe('the addresses by which the original’s inventory service was written to', () => {
  const secret = { 'x-plugin-secret': 'a secret for tests only' }
  const [first, second] = [
    { Id: 77, Name: 'Robe' },
    { Id: -2147302131, Name: 'Cloak' },
  ]
  const names = async () => {
    const { items } = await json<{ items?: { name: string }[] }>('/inventory/Posted')
    return (items ?? []).map(({ name }) => name)
  }
  const holds = (...wanted: string[]) => until('the items', async () => (await names()).join() === wanted.join())

  it('[FAC12] accept a post as the frame it represents, once it is on disk', async () => {
    const answer = await write('POST', '/process-inventory', { character_name: 'Posted', items: [first] }, secret)
    expect(answer).toEqual({ status: 200, body: { status: 'ok' } })
    await holds('Robe')
    expect((await write('POST', '/api/inventory/Posted/item', second, secret)).status).toBe(200)
    await holds('Cloak', 'Robe')
    expect((await write('DELETE', `/inventory/Posted/item/${second.Id}`, undefined, secret)).status).toBe(200)
    await holds('Robe')
  })

  it('[FAC12] need the plugins’ secret, and accept no session or token', async () => {
    const body = { character_name: 'Posted', items: [] }
    for (const headers of [
      {},
      { 'x-plugin-secret': 'wrong' },
      { cookie: overlord.cookie },
      { authorization: `Bearer ${overlord.token}` },
    ])
      expect((await write('POST', '/process-inventory', body, headers as Record<string, string>)).status).toBe(401)
    expect(await names()).toEqual(['Robe'])
  })

  it('[FAC12] say why what does not fit is refused', async () => {
    for (const [path, body] of [
      ['/process-inventory', { items: [] }],
      ['/inventory/Posted/item', { Name: 'No id' }],
      ['/process-inventory', []],
    ] as const)
      expect(await write('POST', path, body, secret)).toMatchObject({
        status: 400,
        body: { error: { code: 'BAD_USER_INPUT' } },
      })
  })
})
