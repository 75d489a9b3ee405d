// Everybody asks for everything: what is answered and what is refused is what the schemas declare, and docs/access.md
// says.
import { randomUUID } from 'node:crypto'
import {
  getNamedType,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASKERS, accessLevelOf, type Asker } from '../../shared/access/access-table.ts'
import type { FieldAccess } from '../../shared/access/declarations.ts'
import { isHiddenFromOthers } from '../../shared/access/ownership.ts'
import { askSomething, gameOfSomebody } from './events.ts'
import { answerOf, openGuild, viewerOf, type Guild } from './guild.ts'
import { partsOfGame } from './game-seeds.ts'
import { rootText, visit, type Arguments, type Selection } from './selections.ts'

let guild: Guild
let given: Arguments
/** Fields that somebody was answered, as `Type.field`. */
const answered = new Set<string>()
/** Kinds of eyes in the visibility table. */
const EYES = ['normal', 'lowLightCyber', 'lowLight', 'thermographicCyber', 'thermographic']

beforeAll(async () => {
  guild = await openGuild()
  const { exact, item, landblock, note, comment, people } = guild.seeds
  const now = new Date().toISOString()
  given = {
    'Query.item.id': item,
    'Query.node.id': item,
    'Query.nodes.ids': [item],
    'Query.boardNote.id': note,
    'Query.traceSession.id': '1',
    world: 'demo',
    'CommandWorldInput.world': 'demo',
    'CommandWorldInput.action': 'SCAN',
    'DeleteCommentInput.id': comment,
    'SetAlertRuleInput.kind': 'IDLE',
    'CreateUserInput.username': 'somebody new',
    'CreateTokenInput.name': 'a new one',
    'SetOwnerInput.userId': people.viewer,
    since: new Date(Date.now() - 3_600_000).toISOString(),
    'Query.replay.until': now,
    'Query.guildEventDensity.until': now,
    'Character.inventoryAt.at': now,
    'Item.history.first': 3,
    'CreateViewLinkInput.expiresAt': new Date(Date.now() + 3_600_000).toISOString(),
    'SharedViewInput.ew': 1.5,
    'SharedViewInput.ns': 2.5,
    'SharedViewInput.across': 10,
    'MapPointInput.ew': 1.5,
    'MapPointInput.ns': 2.5,
    'WatchRuleInput.number': 1,
    'WatchRuleInput.field': 'KILLS',
    'SuitInput.timeLimitSeconds': 1,
    'SuitInput.server': 'Coldeve',
    'Query.queryTelemetry.statement': 'select 1 as one',
    'JointSuitInput.wearers': [{ wearer: exact }, { wearer: guild.seeds.free }],
    character: exact,
    name: exact,
    landblock,
    at: now,
    id: note,
    noteId: note,
    list: 'items',
    password: 'a long password',
    newPassword: 'a long password',
    'Subscription.rareFound.afterId': '0',
    'Subscription.alertRaised.afterId': '0',
    'DeleteStoredValueInput.key': 'cursor',
    'StoreValueInput.key': 'cursor',
    'StoreValueInput.value': 2,
    layout: {},
    filter: {},
    command: '/radar start',
    kind: 'IDLE',
    'ReportTurnEventsInput.turnId': randomUUID(),
    'AskInput.message': 'who is online',
    'Subscription.gmEvents.afterId': '0',
    'AddGmCharacterInput.character': 'Candle',
    'RemoveGmCharacterInput.character': 'Sample',
    'TakeGmCharacterInput.characterId': randomUUID(),
    'RemoveGmMemberInput.userId': people.owner,
    'RunGmToolInput.turnId': randomUUID(),
    'RunGmToolInput.callId': 'a call',
    'RunGmToolInput.tool': 'get_character',
    'RunGmToolInput.arguments': {},
    'ReportGmEventsInput.turnId': randomUUID(),
    'GmCommitPoolInput.characterId': randomUUID(),
    'GmCommitPoolInput.dice': 0,
    'SaveGmVisibilityInput.condition': 'MIST',
    ...Object.fromEntries(EYES.map((eyes) => [`SaveGmVisibilityInput.${eyes}`, 1])),
    'SaveGmSheetInput.sheet': {},
    'ChangeGmStateInput.characterId': randomUUID(),
    'ChangeGmStateInput.ammo': {},
    'HealGmCharacterInput.characterId': randomUUID(),
    'HealGmCharacterInput.how': 'BLEED',
    'LoadGmSceneInput.sceneId': randomUUID(),
    'DeleteGmSceneInput.sceneId': randomUUID(),
    'RollGmSecretlyInput.dice': 1,
    'GmWhisperInput.userId': people.owner,
    'ChangeGmInitiativeInput.change': 'END',
    'GmReportInput.number': 1,
    'GmReportInput.kind': 'NARRATIVE',
    'AssistantEventInput.kind': 'TEXT',
    'AssistantEventInput.seq': 1,
    'AssistantEventInput.payload': {},
    // One of every kind is seeded.
    'Query.guildEvents.first': 100,
    String: 'x',
    wearer: exact,
    server: 'Coldeve',
  }
})
afterAll(() => guild[Symbol.asyncDispose]())

type Root = 'Query' | 'Mutation' | 'Subscription'
const fieldsOf = (type: Root) =>
  Object.values((guild.schema.getType(type) as GraphQLObjectType).getFields()) as GraphQLField<unknown, unknown>[]
const accessOf = (type: string, field: string) => guild.declared.get(type)!.get(field)!

/** Whether an argument names things of the asker or of somebody else. */
type Belonging = 'own' | 'foreign'

/**
 * The arguments of an operation, where the declaration makes a difference between what is one's own and what is not.
 */
async function argumentsFor(type: Root, name: string, access: FieldAccess, asker: Asker, belonging: Belonging) {
  const viewer = viewerOf(asker, guild.seeds) ?? { kind: 'user', id: guild.seeds.people.viewer }
  const somebody = { kind: 'user', id: guild.seeds.people.owner }
  const of = belonging === 'own' ? viewer : somebody
  if (access.owner) {
    // A token can have no account, character or session: it gets those of a person.
    const owner = of.kind === 'token' && !['watchRule', 'mapMark'].includes(access.owner.of) ? somebody : of
    const key = keyOf(type, name, access.owner.argument)
    const owned = await guild.seeds.ownedBy(access.owner.of, owner)
    if (!access.owner.of.startsWith('gm')) return { ...given, [key]: owned }
    const { roll, character, scene } = await partsOfGame(guild.pool, owned)

    const ofCharacter = ['TakeGmCharacter', 'GmCommitPool', 'ChangeGmState', 'HealGmCharacter']
    return {
      ...given,
      [key]: owned,
      'Query.gmRoll.id': roll,
      'LoadGmSceneInput.sceneId': scene,
      'DeleteGmSceneInput.sceneId': scene,
      ...Object.fromEntries(ofCharacter.map((mutation) => [`${mutation}Input.characterId`, character])),
    }
  }
  if (access.othersOnly)
    return {
      ...given,
      [keyOf(type, name, access.othersOnly)]:
        belonging === 'own' && viewer.kind === 'user' ? viewer.id : await somebodyNew(),
    }
  return given
}

/** How seeded arguments name the one by which ownership is decided: a field of an input goes by the input's type. */
function keyOf(type: Root, name: string, path: string): string {
  const [argument, within] = path.split('.') as [string, string?]
  if (within === undefined) return `${type}.${name}.${argument}`
  const { args } = fieldsOf(type).find((field) => field.name === name)!
  return `${getNamedType(args.find((arg) => arg.name === argument)!.type).name}.${within}`
}

async function somebodyNew(): Promise<string> {
  const { rows } = await guild.pool.query<{ id: string }>(
    "insert into users (username, role) values ('new ' || gen_random_uuid(), 'viewer') returning id::text as id",
  )
  return rows[0]!.id
}

const REFUSED = new Set(['FORBIDDEN', 'UNAUTHENTICATED'])
/** Whether a code refuses: of what is private nobody learns that it is somebody else's. */
const refuses = ({ owner }: FieldAccess, code: string): boolean =>
  REFUSED.has(code) || (code === 'NOT_FOUND' && owner !== null && isHiddenFromOthers(owner.of))

/** Whether an operation must be refused. */
function isRefused(access: FieldAccess, type: Root, asker: Asker, belonging: Belonging): boolean {
  const level = accessLevelOf(access, type, asker)
  if (level === 'none') return true
  if (access.othersOnly) return belonging === 'own' && asker.kind === 'user'
  return level === 'own' && access.owner !== null && belonging === 'foreign'
}

const everyCase = (type: Root) =>
  fieldsOf(type).flatMap((field) => {
    const access = accessOf(type, field.name)
    const cases = access.owner || access.othersOnly ? (['own', 'foreign'] as const) : (['own'] as const)
    return ASKERS.flatMap((asker) => cases.map((belonging) => ({ field, access, asker, belonging })))
  })

/**
 * Types that only a search for suits gives, which needs a thread of its own over built code: tests/e2e/suits asks
 * those.
 */
const OF_SEARCHES = /^(Suit|Joint)/

/** What is wrong with the answer of one field, and of every field below it. */
function faultsIn(
  root: string,
  asker: Asker,
  { data, troubles }: Awaited<ReturnType<Guild['ask']>>,
  selection: Selection | null,
): string[] {
  const wrong: string[] = []
  const codes = new Map(troubles.map(({ path, code }) => [path, code]))
  if (selection)
    visit(selection, (data as Record<string, unknown> | null)?.[root], root, (type, name, path) => {
      const level = accessLevelOf(accessOf(type, name), type, asker)
      const code = codes.get(path)
      codes.delete(path)
      if (level === 'none' ? code !== 'FORBIDDEN' : code !== undefined)
        wrong.push(`${path} is for ${level}, and was ${code ?? 'answered'}`)
      if (level !== 'none') answered.add(`${type}.${name}`)
    })
  return [...wrong, ...[...codes].map(([path, code]) => `${path} was ${code}`)]
}

describe('queries', () => {
  it('answer each field for the declared viewers, and refuse it for others', async () => {
    const wrong: string[] = []
    for (const { field, access, asker, belonging } of everyCase('Query')) {
      guild.seeds.publish()
      const args = await argumentsFor('Query', field.name, access, asker, belonging)
      const { text, selection } = rootText(field, 'Query', args)
      const answer = await guild.ask(viewerOf(asker, guild.seeds), `{ ${text} }`)
      const what = `${asker.name}, ${belonging}:`
      const code = answer.troubles[0]?.code ?? 'answered'
      if (isRefused(access, 'Query', asker, belonging)) {
        const shown = (answer.data as Record<string, unknown> | null)?.[field.name] ?? null
        if (shown !== null || !refuses(access, code)) wrong.push(`${what} ${field.name} was not refused but ${code}`)
      } else if (OF_SEARCHES.test(selection?.type ?? '')) {
        if (REFUSED.has(code)) wrong.push(`${what} ${field.name} was ${code}`)
      } else {
        answered.add(`Query.${field.name}`)
        wrong.push(...faultsIn(field.name, asker, answer, selection).map((fault) => `${what} ${fault}`))
      }
    }
    expect(wrong).toEqual([])
  })

  it('give of what is a person’s only their own', async () => {
    for (const asker of ASKERS.filter(({ kind }) => kind === 'user')) {
      const { data } = await guild.ask(viewerOf(asker, guild.seeds), '{ layouts { name } savedFilters { name } }')
      expect(data).toEqual({ layouts: [{ name: `of ${asker.name}` }], savedFilters: [{ name: `of ${asker.name}` }] })
    }
    const owner = { ...viewerOf(ASKERS[1], guild.seeds)!, id: guild.seeds.people.owner }
    const { hidden, blurred, exact } = guild.seeds
    const { data } = await guild.ask(owner, '{ myCharacters { character { name } } }')
    expect(data).toEqual({ myCharacters: [hidden, blurred, exact].map((name) => ({ character: { name } })) })
  })
})

describe('subscriptions', () => {
  it('start for the declared viewers, refuse others, and show the same fields as a query', async () => {
    const wrong: string[] = []
    for (const { field, access, asker, belonging } of everyCase('Subscription')) {
      const args = await argumentsFor('Subscription', field.name, access, asker, belonging)
      const { text, selection } = rootText(field, 'Subscription', args)
      const stream = await guild.execute(viewerOf(asker, guild.seeds), `subscription { ${text} }`)
      const what = `${asker.name}, ${belonging}: ${field.name}`
      if (!stream || !(Symbol.asyncIterator in stream)) {
        const code = String((stream as ExecutionResult).errors?.[0]?.extensions['code'])
        if (!isRefused(access, 'Subscription', asker, belonging) || !refuses(access, code))
          wrong.push(`${what} was ${code}`)
        continue
      }
      if (isRefused(access, 'Subscription', asker, belonging)) wrong.push(`${what} was not refused`)
      answered.add(`Subscription.${field.name}`)
      const events = stream[Symbol.asyncIterator]()
      if (!OF_SEARCHES.test(selection?.type ?? '')) {
        const { value } = (await guild.firstOf(events)) as IteratorYieldResult<unknown>
        wrong.push(
          ...faultsIn(field.name, asker, answerOf(value as ExecutionResult), selection).map(
            (fault) => `${what}: ${fault}`,
          ),
        )
      }
      await events.return?.()
    }
    expect(wrong).toEqual([])
  })
})

describe('mutations', () => {
  /** Everything that somebody may write, but for the audit and the counters of who writes how often. */
  const everythingWritten = async () => {
    const tables =
      'users user_sessions service_tokens character_settings layouts saved_filters board_notes board_comments ' +
      'watch_rules map_marks view_links alert_settings assistant_sessions token_values gm_members gm_invites ' +
      'gm_characters gm_scenes'
    const texts = tables
      .split(' ')
      .map((table) => `(select coalesce(jsonb_agg(t order by t::text), '[]') from ${table} t) as ${table}`)
    // Answers that nobody gives end by themselves: of these only what somebody else writes counts.
    texts.push('(select count(*) from assistant_turns) as asked')
    texts.push("(select count(*) from assistant_events where kind = 'TEXT') as reported")
    texts.push('(select count(*) from gm_turns) as said, (select count(*) from gm_tool_calls) as called')
    texts.push("(select count(*) from gm_events where kind = 'NARRATIVE') as narrated")
    texts.push('(select count(*) from gm_changes) as changes')
    return (await guild.pool.query<Record<string, unknown>>(`select ${texts.join(', ')}`)).rows[0]!
  }
  const write = async (name: string, args: Arguments, asker: Asker) => {
    await guild.pool.query('delete from paces') // nobody is held back for what somebody wrote before
    const { text, selection } = rootText(
      fieldsOf('Mutation').find((field) => field.name === name)!,
      'Mutation',
      args,
    )
    const answer = await guild.ask(viewerOf(asker, guild.seeds), `mutation { ${text} }`)
    return { answer, selection, code: answer.troubles[0]?.code ?? 'answered' }
  }

  it('refuse viewers they are not declared for, and then write nothing', async () => {
    const cases = everyCase('Mutation').filter(({ access, asker, belonging }) =>
      isRefused(access, 'Mutation', asker, belonging),
    )
    const prepared = []
    for (const { field, access, asker, belonging } of cases)
      prepared.push({
        field,
        access,
        asker,
        args: await argumentsFor('Mutation', field.name, access, asker, belonging),
      })
    const before = await everythingWritten()
    const wrong: string[] = []
    for (const { field, access, asker, args } of prepared) {
      const { code } = await write(field.name, args, asker)
      if (!refuses(access, code)) wrong.push(`${asker.name}: ${field.name} was ${code}`)
    }
    expect(wrong).toEqual([])
    expect(await everythingWritten()).toEqual(before)
    expect(prepared.filter(({ asker }) => asker.name === 'token: read')).toHaveLength(
      everyCase('Mutation').filter(({ asker }) => asker.name === 'token: read').length,
    )
  })

  it('run for the declared viewers', async () => {
    const wrong: string[] = []
    for (const { field, access, asker, belonging } of everyCase('Mutation')) {
      if (isRefused(access, 'Mutation', asker, belonging)) continue
      const args = await argumentsFor('Mutation', field.name, access, asker, belonging)
      const { answer, selection } = await write(field.name, await fresh(field.name, args, asker), asker)
      answered.add(`Mutation.${field.name}`)
      wrong.push(
        ...faultsIn(field.name, asker, answer, selection).map((fault) => `${asker.name}, ${belonging}: ${fault}`),
      )
    }
    expect(wrong).toEqual([])
  })

  /** What a mutation needs to find or to find free, each time. */
  async function fresh(name: string, args: Arguments, asker: Asker): Promise<Arguments> {
    const { rows } = await guild.pool.query<{ note: string; comment: string; token: string }>(
      `with n as (insert into board_notes (title, body, author_kind, author_id, author_name)
        values ('t', 'b', 'user', '1', 'x') returning id),
         c as (insert into board_comments (note_id, text, author_kind, author_id, author_name)
           select $1, 'c', 'user', '1', 'x' returning id),
         t as (insert into service_tokens (name, secret_hash, scopes)
           values (gen_random_uuid()::text, gen_random_uuid()::text::bytea, '{read}') returning id)
       select n.id::text as note, c.id::text as comment, t.id::text as token from n, c, t`,
      [guild.seeds.note],
    )
    const { note, comment, token } = rows[0]!
    const game = await gameOfSomebody(guild.pool)
    // One turn at a time: the one that is seeded ends before another begins.
    if (['gmSay', 'undoGmChange'].includes(name))
      await guild.pool.query('update gm_turns set ended_at = now() where ended_at is null')
    await guild.pool.query(
      `insert into gm_invites (code_hash, session_id, role, ends_at)
       values (sha256($1::text::bytea), $2, 'PLAYER', now() + interval '1 day')`,
      [game.id, game.id],
    )
    if (name === 'removeGmMember' || name === 'gmWhisper')
      await guild.pool.query("insert into gm_members (session_id, user_id, role) values ($1, $2, 'PLAYER')", [
        args[`${name[0]!.toUpperCase()}${name.slice(1)}Input.sessionId`],
        game.leader,
      ])
    return {
      'DeleteNoteInput.id': note,
      ...args,
      'DeleteCommentInput.id': comment,
      'RevokeTokenInput.id': token,
      'ReportTurnEventsInput.turnId': await askSomething(guild.pool),
      'RunGmToolInput.turnId': game.turn,
      'ReportGmEventsInput.turnId': game.turn,
      'JoinGmSessionInput.code': game.id,
      'RemoveGmMemberInput.userId': game.leader,
      'GmWhisperInput.userId': game.leader,
      'SetUserPasswordInput.id': await somebodyNew(),
      'CreateUserInput.username': `new ${token.slice(0, 8)}`,
      'CreateTokenInput.name': `new ${token.slice(0, 8)}`,
      ...(name.startsWith('delete') && asker.kind === 'user' ? await kept(asker) : {}),
    }
  }

  /** A layout and a filter to remove. */
  async function kept(asker: Asker): Promise<Arguments> {
    const { id } = viewerOf(asker, guild.seeds)!
    await guild.pool.query(
      "insert into layouts (user_id, name, body) values ($1, 'old', '{}') on conflict do nothing",
      [id],
    )
    await guild.pool.query(
      "insert into saved_filters (user_id, list, name, body) values ($1, 'items', 'old', '{}') on conflict do nothing",
      [id],
    )
    return { 'DeleteLayoutInput.name': 'old', 'DeleteFilterInput.name': 'old' }
  }
})

it('every field of the graph was answered at least once', () => {
  const fields = [...guild.declared].flatMap(([type, of]) => [...of.keys()].map((name) => `${type}.${name}`))
  const searched = (field: string) => OF_SEARCHES.test(field) || /^Query\.(suit|jointSuits)$/.test(field)
  expect(fields.filter((field) => !answered.has(field) && !searched(field))).toEqual([])
})

it('a field for a role is refused below it by its own resolver, whatever leads to it', () => {
  const wrong: string[] = []
  let asked = 0
  for (const { schema } of guild.subgraphs)
    for (const [type, fields] of guild.declared)
      for (const [name, access] of fields) {
        const field = (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[name]
        const resolve = type === 'Subscription' ? field?.subscribe : field?.resolve
        if (!field || type === 'Mutation') continue // asked for above
        const isRoot = type === 'Query' || type === 'Subscription'
        for (const asker of ASKERS) {
          if (
            accessLevelOf(access, type, asker) !== 'none' ||
            (asker.kind === null && access.role === 'viewer' && !isRoot)
          )
            continue
          asked++
          try {
            void resolve?.({}, {}, { viewer: viewerOf(asker, guild.seeds) }, {} as never)
            wrong.push(`${type}.${name} for ${asker.name}`)
          } catch (error) {
            const code = String((error as GraphQLError).extensions['code'])
            if (!refuses(access, code)) wrong.push(`${type}.${name} failed`)
          }
        }
      }
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(300)
})
