// The declarations as a table: docs/access.md. tests/access compares it with what every field answers to everybody.
import { ROLES, type Role } from '../auth/viewer.ts'
import type { Declarations, FieldAccess } from './declarations.ts'
import { isForOperators, isForOwnerAlone, tokensOwn, type OwnedKind } from './ownership.ts'

/** All kinds of viewers, in the order of the table's columns. */
export const ASKERS = [
  { name: 'nobody signed in', kind: null, role: null },
  { name: 'viewer', kind: 'user', role: 'viewer' },
  { name: 'operator', kind: 'user', role: 'operator' },
  { name: 'admin', kind: 'user', role: 'admin' },
  { name: 'token: read', kind: 'token', role: 'viewer' },
  { name: 'token: command', kind: 'token', role: 'operator' },
  { name: 'token: admin', kind: 'token', role: 'admin' },
  { name: 'token: store', kind: 'token', role: 'viewer', stores: true },
  { name: 'token: agent', kind: 'token', role: 'viewer', only: 'agent' },
  { name: 'public page', kind: 'token', role: 'viewer', only: 'public' },
  { name: 'shared view', kind: 'token', role: 'viewer', only: 'share' },
] as const satisfies readonly {
  name: string
  kind: 'user' | 'token' | null
  role: Role | null
  only?: 'agent' | 'public' | 'share'
  stores?: true
}[]
export type Asker = (typeof ASKERS)[number]

/** `all`: whatever the arguments name. `own`: only what belongs to the asker. */
export type AccessLevel = 'all' | 'own' | 'none'

/** What the declaration of a field allows a kind of viewer. */
export function accessLevelOf(access: FieldAccess, type: string, asker: Asker): AccessLevel {
  const { kind, role } = asker
  const only = 'only' in asker ? asker.only : null
  const declaredFor = access.agentOnly ? 'agent' : access.publicOnly ? 'public' : access.shareOnly ? 'share' : null
  if (OPERATIONS.includes(type) && (only !== null || declaredFor !== null)) return only === declaredFor ? 'all' : 'none'
  if (kind === null || ROLES.indexOf(role) < ROLES.indexOf(access.role)) return 'none'
  if (access.tokenStorage) return 'stores' in asker ? 'own' : 'none'
  if (type === 'Mutation' && kind === 'token' && role === 'viewer') return 'none'
  if (access.person !== null) return kind === 'user' ? 'own' : 'none'
  if (access.owner === null || (role === 'admin' && !isForOwnerAlone(access.owner.of))) return 'all'
  if (role === 'operator' && isForOperators(access.owner.of)) return 'all'
  return kind === 'user' || tokensOwn(access.owner.of) ? 'own' : 'none'
}

interface Named {
  name: string
  declared: Declarations
}

/** Fields that several subgraphs answer, for which they declare different access. */
function conflictsIn(subgraphs: readonly Named[]): string[] {
  const declaredBy = new Map<string, { name: string; text: string }>()
  return subgraphs.flatMap(({ name, declared }) =>
    [...declared].flatMap(([type, fields]) =>
      [...fields].flatMap(([field, access]) => {
        const key = `${type}.${field}`
        const text = JSON.stringify(access)
        const before = declaredBy.get(key)
        declaredBy.set(key, before ?? { name, text })
        if (!before || before.text === text) return []
        return [`${key} has other access in ${name} than in ${before.name}: declare the same in both.`]
      }),
    ),
  )
}

const SIGNS: Record<AccessLevel, string> = { all: '✓', own: 'own', none: '–' }
const OPERATIONS = ['Query', 'Mutation', 'Subscription']

/**
 * The table of all subgraphs as Markdown, ending with a line break.
 * @throws if two subgraphs declare different access for the same field: the gateway may ask either
 */
export function accessTable(subgraphs: readonly Named[]): string {
  for (const conflict of conflictsIn(subgraphs)) throw new Error(conflict)
  const fieldsOf = (type: string) =>
    subgraphs
      .flatMap(({ declared }) => [...(declared.get(type) ?? [])])
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const types = [...new Set(subgraphs.flatMap(({ declared }) => [...declared.keys()]))]
    .filter((type) => !OPERATIONS.includes(type))
    .sort()
  return [
    '# Who may use which field',
    '',
    'Written by `npm run codegen` from what the schemas declare (`shared/access/directives.graphql`);',
    '`npm run check` compares it.',
    '`tests/access` asks every field as everybody and expects what stands here. `own`: only what belongs to the asker.',
    '',
    ...OPERATIONS.flatMap((type) => [`## ${type}`, '', ...operationTable(type, fieldsOf(type)), '']),
    '## Types',
    '',
    'The least role for all fields of a type, and what single fields declare besides.',
    '',
    '| type | least role | fields | of single fields |',
    '| --- | --- | --- | --- |',
    ...types.map((type) => typeRow(type, new Map(fieldsOf(type)))),
    '',
  ].join('\n')
}

function operationTable(type: string, fields: readonly (readonly [string, FieldAccess])[]): string[] {
  return [
    `| field | ${ASKERS.map(({ name }) => name).join(' | ')} | besides |`,
    `| --- |${' --- |'.repeat(ASKERS.length + 1)}`,
    ...fields.map(([name, access]) => {
      const levels = ASKERS.map((asker) => SIGNS[accessLevelOf(access, type, asker)])
      return `| \`${name}\` | ${levels.join(' | ')} | ${notesOf(access).join('; ')} |`
    }),
  ]
}

function typeRow(type: string, fields: ReadonlyMap<string, FieldAccess>): string {
  const roles = [...fields.values()].map(({ role }) => ROLES.indexOf(role))
  const least = ROLES[Math.min(...roles)]!
  const single = [...fields].flatMap(([name, access]) => {
    const notes = [...(access.role === least ? [] : [access.role]), ...notesOf(access)]
    return notes.length ? [`\`${name}\`: ${notes.join(', ')}`] : []
  })
  return `| \`${type}\` | ${least} | ${fields.size} | ${single.join('; ')} |`
}

/** What is declared beside who may use it. */
function notesOf(access: FieldAccess): string[] {
  const {
    owner,
    othersOnly,
    place,
    filtered,
    guarded,
    shared,
    renewsSession,
    agentOnly,
    publicOnly,
    shareOnly,
    tokenStorage,
  } = access
  return [
    ...(owner ? [`owner of the ${owner.of} in \`${owner.argument}\`${othersOf(owner.of)}`] : []),
    ...(othersOnly ? ['not the own account'] : []),
    ...(place ? [place.rough ? 'place, roughly if blurred' : 'place'] : []),
    ...(filtered ? [`without what ${filtered} keeps back`] : []),
    ...(guarded ? [`guarded by ${guarded}`] : []),
    ...(shared ? ['shared'] : []),
    ...(renewsSession ? ['renews the session'] : []),
    ...(agentOnly ? ['the assistant’s own process'] : []),
    ...(publicOnly ? ['the public page'] : []),
    ...(shareOnly ? ['visitors of a shared view'] : []),
    ...(tokenStorage ? ['what belongs to the token'] : []),
  ]
}

/** Who besides the owner may do it. */
function othersOf(kind: OwnedKind): string {
  if (isForOwnerAlone(kind)) return ''
  return isForOperators(kind) ? ', or operator' : ', or admin'
}
