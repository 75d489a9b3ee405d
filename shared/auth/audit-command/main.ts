// npm run audit -- verify: finds entries of the audit that were changed or removed. Only reads, whether Overlord runs
// or not.
import { atConsole } from '../../db/console.ts'
import { retention } from '../../db/retention/periods.ts'
import { verifyAudit, type AuditFault } from '../audit-chain.ts'

const USAGE = 'Say npm run audit -- verify.'

const WORDS: Record<AuditFault['kind'], string> = {
  CHANGED: 'was changed after it was written',
  MISSING: 'is missing',
  UNKNOWN: 'was added without being linked',
  REMOVED_EARLY: 'was removed before its time',
  LINK_CHANGED: 'is a link that does not fit the one before',
  LINK_MISSING: 'is a link after which, or before which, others are missing',
}

await atConsole('audit', process.env, async (pool) => {
  if (process.argv[2] !== 'verify') throw new Error(USAGE)
  const { rows: found } = await pool.query<{ has: boolean }>("select to_regclass('mcp_calls') is not null as has")
  if (!found[0]!.has) throw new Error('This database has no whole chain of the audit yet: run npm run migrate first.')
  const { links, rows, faults } = await verifyAudit(pool, retention.parse(process.env['RETENTION']))
  for (const { kind, source, rowId } of faults) console.log(`${source} ${rowId} ${WORDS[kind]}.`)
  if (faults.length) throw new Error(`The audit does not fit its chain: ${faults.length} faults.`)
  console.log(`${rows} entries of the audit fit its chain of ${links} links.`)
})
