import type { Pool } from '../db/pool.ts'
import type { Retention } from '../db/retention/periods.ts'

/** What is wrong with the audit, in the order found: at most 1,000. */
export interface AuditFault {
  kind: 'CHANGED' | 'MISSING' | 'UNKNOWN' | 'REMOVED_EARLY' | 'LINK_CHANGED' | 'LINK_MISSING'
  source: string
  rowId: string
}

export interface AuditCheck {
  links: number
  rows: number
  faults: AuditFault[]
}

/** How long the rows of the chain are kept, in days; 0 is forever. */
export type KeptDays = Pick<Retention, 'audit' | 'command_audit' | 'mcp_calls' | 'assistant_sessions'>

const MAX_FAULTS = 1_000

/** Rows as they are, each with its hash. */
const ROWS = `select 'audit' as source, id, audit_row_hash(a) as hash from audit a
  union all select 'command_audit', id, command_audit_row_hash(c) from command_audit c
  union all select 'mcp_calls', id, mcp_call_row_hash(m) from mcp_calls m
  union all select 'assistant_turns', audit_id, assistant_turn_row_hash(t) from assistant_turns t`
const NEWEST = 'select distinct on (source, row_id) * from audit_chain order by source, row_id, seq desc'

/** How many days the rows of a source are kept, by the parameters of REMOVED_EARLY; 0 is forever. */
const DAYS = `case source when 'audit' then $1::int when 'command_audit' then $2::int when 'mcp_calls' then $3::int
  else $4::int end`

/**
 * Each looks for one kind of fault. A row may be removed earlier by an action of the audit, as long as that entry is
 * kept.
 */
const checks: Record<AuditFault['kind'], string> = {
  LINK_MISSING: `select 'audit_chain' as source, seq as row_id from (
      select seq, lag(seq, 1, 0::bigint) over (order by seq) as before from audit_chain) c where seq <> before + 1
    union all select 'audit_head', h.seq from audit_head h
      where h.seq <> coalesce((select max(seq) from audit_chain), 0)
    union all select 'audit_head', 0 where not exists (select from audit_head)`,
  LINK_CHANGED: `select 'audit_chain' as source, seq as row_id from (
      select *, lag(hash, 1, sha256('overlord audit')) over (order by seq) as before from audit_chain) c
      where hash <> audit_link_hash(before, seq, source, row_id, row_hash, row_at, cause)
    union all select 'audit_head', h.seq from audit_head h join audit_chain c using (seq) where c.hash <> h.hash`,
  CHANGED: `select r.source, r.id as row_id from (${ROWS}) r join (${NEWEST}) n on n.source = r.source
    and n.row_id = r.id
      where n.row_hash is distinct from r.hash`,
  MISSING: `select n.source, n.row_id from (${NEWEST}) n left join (${ROWS}) r on r.source = n.source
    and r.id = n.row_id
      where n.row_hash is not null and r.id is null`,
  UNKNOWN: `select r.source, r.id as row_id from (${ROWS}) r
      where not exists (select from audit_chain c where c.source = r.source and c.row_id = r.id)`,
  REMOVED_EARLY: `select source, row_id from audit_chain r where row_hash is null
      and (${DAYS} = 0 or at < row_at + make_interval(days => ${DAYS}))
      and not exists (select from audit_chain c where c.source = 'audit' and c.row_id = r.cause)`,
}

/**
 * Compares the audit of writes and of commands, the calls of MCP tools and the questions to the assistant with their
 * chain, in one snapshot of the database. It finds any row or link that was changed, added or removed by somebody who
 * did not build the whole chain again.
 * @param kept days after which entries may be removed; 0 is never
 */
export async function verifyAudit(pool: Pool, kept: KeptDays): Promise<AuditCheck> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0')
    const { rows: counts } = await client.query<{ links: number; rows: number }>(
      `select (select count(*) from audit_chain) as links,
         (select count(*) from audit) + (select count(*) from command_audit) + (select count(*) from mcp_calls)
           + (select count(*) from assistant_turns) as rows`,
    )
    const faults: AuditFault[] = []
    for (const [kind, check] of Object.entries(checks) as [AuditFault['kind'], string][]) {
      const { rows } = await client.query<{ source: string; row_id: number }>(
        `select * from (${check}) f order by source, row_id limit ${MAX_FAULTS - faults.length}`,
        kind === 'REMOVED_EARLY' ? [kept.audit, kept.command_audit, kept.mcp_calls, kept.assistant_sessions] : [],
      )
      faults.push(...rows.map(({ source, row_id }) => ({ kind, source, rowId: String(row_id) })))
    }
    return { ...counts[0]!, faults }
  } finally {
    await client.query('rollback').catch(() => undefined) // a lost connection is released broken below
    client.release()
  }
}
