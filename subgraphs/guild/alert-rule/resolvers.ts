import { fault } from '../../../shared/errors.ts'
import type { AlertKind, Resolvers } from '../generated/resolvers.ts'

interface AlertRuleRow {
  kind: AlertKind
  enabled: boolean
  afterSeconds: number
  quietSeconds: number
  words: string[]
  changedAt: string
  changedBy: string | null
}

const FIELDS = `kind, enabled, after_s as "afterSeconds", quiet_s as "quietSeconds", words, changed_at as "changedAt",
    changed_by as "changedBy"`
const MAX_WORDS = 50
const MAX_WORD_LENGTH = 100

function mustBeSpan(name: string, seconds: number | null | undefined, most: number): void {
  if (seconds != null && !(seconds >= 0 && seconds <= most))
    throw fault('BAD_USER_INPUT', `\`${name}\` is 0 to ${most} seconds.`)
}

export const alertRuleResolvers: Resolvers = {
  Query: {
    alertRules: async (_, __, { pool }) =>
      (await pool.query<AlertRuleRow>(`select ${FIELDS} from alert_settings order by kind`)).rows,
  },
  Mutation: {
    async setAlertRule(_, { input: { kind, enabled, afterSeconds, quietSeconds, words } }, context) {
      mustBeSpan('afterSeconds', afterSeconds, 86_400)
      mustBeSpan('quietSeconds', quietSeconds, 604_800)
      if (
        words &&
        (words.length > MAX_WORDS || words.some((word) => word.length > MAX_WORD_LENGTH || word.includes('\0')))
      )
        throw fault('BAD_USER_INPUT', `At most ${MAX_WORDS} words of ${MAX_WORD_LENGTH} characters.`)
      const { rows } = await context.pool.query<AlertRuleRow>(
        `update alert_settings set enabled = coalesce($2, enabled), after_s = coalesce($3, after_s),
          quiet_s = coalesce($4, quiet_s),
           words = coalesce($5, words), changed_at = now(), changed_by = $6
         where kind = $1 returning ${FIELDS}`,
        [
          kind,
          enabled ?? null,
          afterSeconds ?? null,
          quietSeconds ?? null,
          words?.map((word) => word.toWellFormed()) ?? null,
          context.viewer.name,
        ],
      )
      if (!rows[0]) throw fault('NOT_FOUND', 'There is no such rule. `alertRules` lists them.')
      return { alertRule: rows[0] }
    },
  },
}
