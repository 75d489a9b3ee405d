import type { Viewer } from '../../../shared/auth/viewer.ts'
import { transaction, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { checkPage, connection, readCursor, type Page } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import { mustBeUuid } from '../context.ts'
import type { AlertSeverity, Resolvers, WatchComparison, WatchField, WatchRuleInput } from '../generated/resolvers.ts'
import { columnsOf } from './input.ts'

const MAX_RULES = 50
/** Over all people: each row of telemetry is checked against every rule for its character. */
const MAX_RULES_IN_TOTAL = 500
const LOCK = 7_219_006

export interface RuleRow {
  id: string
  owner: string
  mine: boolean
  name: string
  characters: string[] | null
  tag: string | null
  field: WatchField
  comparison: WatchComparison
  number: number | null
  text: string | null
  areaId: string | null
  forSeconds: number
  quietSeconds: number
  severity: AlertSeverity
  enabled: boolean
  createdAt: string
  changedAt: string
}

const COLUMNS = 'name, characters, tag, field, comparison, number, word, for_s, quiet_s, severity, enabled, area_id'
/** $1 and $2 name the viewer. */
const FIELDS = `id::text as id, owner_name as owner, (owner_kind = $1
  and owner_id = $2) as mine, name, characters, tag, field, comparison,
  number, word as text, area_id::text as "areaId",
  for_s as "forSeconds", quiet_s as "quietSeconds", severity, enabled, created_at as "createdAt",
  changed_at as "changedAt"`
const who = ({ kind, id }: Viewer) => [kind, id]

const MAX_PAGE_SIZE = 500

/** A page, the viewer's own first, one row more than asked for when more follow, and how many there are. */
async function listRules(
  pool: Pool,
  viewer: Viewer,
  page: Page,
): Promise<{ rows: (RuleRow & { sortKey: string })[]; totalCount: number }> {
  const [others = null, name = null, id = null] = readCursor(page.after, 3) ?? []
  const [rows, count] = await Promise.all([
    pool.query<RuleRow & { sortKey: string }>(
      `select * from (select ${FIELDS}, lower(name) as "sortKey" from watch_rules) rules
       where $3::float8 is null or ((not mine)::int::float8, "sortKey", id) > ($3, $4::text, $5::text)
       order by mine desc, "sortKey", id limit $6`,
      [...who(viewer), others, name, id, page.first + 1],
    ),
    pool.query<{ count: number }>('select count(*) from watch_rules'),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** A rule as the table holds it, with the stored names of its characters. Throws NOT_FOUND for unknown ones. */
async function storedColumnsOf(pool: Pool, rule: WatchRuleInput): Promise<unknown[]> {
  columnsOf(rule)
  if (rule.areaId != null) await mustBeWatchable(pool, rule.areaId)
  return columnsOf({ ...rule, characters: await charactersNamed(pool, rule.characters) })
}

/** Everyone sees a rule's alerts, so they are about areas that everyone sees. A pin has no inside. */
async function mustBeWatchable(pool: Pool, areaId: string): Promise<void> {
  mustBeUuid(areaId, 'There is no such area.')
  const { rows } = await pool.query<{ pin: boolean }>(
    `select shape = 'PIN' as pin from map_marks
     where id = $1 and audience = 'EVERYONE' and (expires_at is null or expires_at > now())`,
    [areaId],
  )
  if (!rows[0]) throw fault('NOT_FOUND', 'There is no such area that everyone sees.')
  if (rows[0].pin) throw fault('BAD_USER_INPUT', 'A pin has no inside: choose a circle or an area.')
}

const NO_RULE = 'There is no such rule.'

export const watchRuleResolvers: Resolvers = {
  WatchRule: {
    area: ({ areaId }, _, { load }) => (areaId === null ? null : load.marks.load(areaId)),
  },
  Query: {
    async watchRules(_, page, { pool, viewer }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listRules(pool, viewer, page)
      return { ...connection(rows, page, ({ mine, sortKey, id }) => [mine ? 0 : 1, sortKey, id]), totalCount }
    },
  },
  Mutation: {
    async createWatchRule(_, { input: { rule } }, { pool, viewer }) {
      const columns = await storedColumnsOf(pool, rule)
      return transaction(pool, async (client) => {
        await client.query('select pg_advisory_xact_lock($1)', [LOCK]) // counted one at a time
        const { rows: counts } = await client.query<{ own: number; every: number }>(
          'select count(*) filter (where owner_kind = $1 and owner_id = $2) as own, count(*) as every from watch_rules',
          who(viewer),
        )
        if (counts[0]!.own >= MAX_RULES)
          throw fault('BAD_USER_INPUT', `You have ${MAX_RULES} rules already. Remove one first.`)
        if (counts[0]!.every >= MAX_RULES_IN_TOTAL)
          throw fault(
            'BAD_USER_INPUT',
            `The guild has ${MAX_RULES_IN_TOTAL} rules already. Ask an admin to remove some.`,
          )
        const { rows } = await client.query<RuleRow>(
          `insert into watch_rules (owner_kind, owner_id, owner_name, ${COLUMNS})
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning ${FIELDS}`,
          [...who(viewer), viewer.name, ...columns],
        )
        return { watchRule: rows[0]! }
      })
    },
    async updateWatchRule(_, { input: { id, rule } }, context) {
      mustBeUuid(id, NO_RULE)
      const columns = await storedColumnsOf(context.pool, rule)
      const { rows } = await context.pool.query<RuleRow>(
        `update watch_rules set (${COLUMNS}, revision, changed_at)
           = ($4, $5, $6, $7, $8, $9::float8, $10, $11::real, $12::real, $13, $14::boolean, $15::uuid,
             revision + 1, now())
         where id = $3 returning ${FIELDS}`,
        [...who(context.viewer), id, ...columns],
      )
      if (!rows[0]) throw fault('NOT_FOUND', NO_RULE)
      return { watchRule: rows[0] }
    },
    async deleteWatchRule(_, { input: { id } }, context) {
      mustBeUuid(id, NO_RULE)
      const { rowCount } = await context.pool.query('delete from watch_rules where id = $1', [id])
      if (!rowCount) throw fault('NOT_FOUND', NO_RULE)
      return { deletedWatchRuleId: id }
    },
  },
}
