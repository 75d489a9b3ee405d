import type { Pool } from '../db/pool.ts'

/** What is wrong with the audit, in the order found: at most 1,000. */
export interface AuditFault {
  kind: 'CHANGED' | 'MISSING' | 'UNKNOWN' | 'REMOVED_EARLY' | 'LINK_CHANGED' | 'LINK_MISSING'
  source: string
  rowId: string
}

export interface AuditVerdict {
  links: number
  rows: number
  faults: AuditFault[]
}

const MAX_FAULTS = 1_000

/** Rows as they are, each with its hash. */
const ROWS = `select 'audit' as source, id, at, audit_row_hash(a) as hash from audit a
  union all select 'command_audit', id, at, command_audit_row_hash(c) from command_audit c`
const NEWEST = 'select distinct on (source, row_id) * from audit_chain order by source, row_id, seq desc'

/** Each looks for one kind of fault. $1: audit is kept so many days, $2: command_audit; 0 is forever. */
const checks: Record<AuditFault['kind'], string> = {
  LINK_MISSING: `select 'audit_chain' as source, seq as row_id from (
      select seq, lag(seq, 1, 0::bigint) over (order by seq) as before from audit_chain) c where seq <> before + 1
    union all select 'audit_head', h.seq from audit_head h
      where h.seq <> coalesce((select max(seq) from audit_chain), 0)
    union all select 'audit_head', 0 where not exists (select from audit_head)`,
  LINK_CHANGED: `select 'audit_chain' as source, seq as row_id from (
      select *, lag(hash, 1, sha256('overlord audit')) over (order by seq) as before from audit_chain) c
      where hash <> audit_link_hash(before, seq, source, row_id, row_hash, row_at)
    union all select 'audit_head', h.seq from audit_head h join audit_chain c using (seq) where c.hash <> h.hash`,
  CHANGED: `select r.source, r.id as row_id from (${ROWS}) r join (${NEWEST}) n on n.source = r.source
    and n.row_id = r.id
      where n.row_hash is distinct from r.hash`,
  MISSING: `select n.source, n.row_id from (${NEWEST}) n left join (${ROWS}) r on r.source = n.source
    and r.id = n.row_id
      where n.row_hash is not null and r.id is null`,
  UNKNOWN: `select r.source, r.id as row_id from (${ROWS}) r
      where not exists (select from audit_chain c where c.source = r.source and c.row_id = r.id)`,
  REMOVED_EARLY: `select source, row_id from audit_chain where row_hash is null
      and (case source when 'audit' then $1::int else $2::int end = 0
        or at < row_at + make_interval(days => case source when 'audit' then $1::int else $2::int end))`,
}

/**
 * Compares the audit of writes and of commands with its chain, in one snapshot of the database. It finds any row or
 * link that was changed, added or removed by somebody who did not build the whole chain again.
 * @param kept days after which entries may be removed; 0 is never
 */
export async function verifyAudit(pool: Pool, kept: { audit: number; command_audit: number }): Promise<AuditVerdict> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0')
    const { rows: counts } = await client.query<{ links: number; rows: number }>(
      `select (select count(*) from audit_chain) as links,
         (select count(*) from audit) + (select count(*) from command_audit) as rows`,
    )
    const faults: AuditFault[] = []
    for (const [kind, check] of Object.entries(checks) as [AuditFault['kind'], string][]) {
      const { rows } = await client.query<{ source: string; row_id: number }>(
        `select * from (${check}) f order by source, row_id limit ${MAX_FAULTS - faults.length}`,
        kind === 'REMOVED_EARLY' ? [kept.audit, kept.command_audit] : [],
      )
      faults.push(...rows.map(({ source, row_id }) => ({ kind, source, rowId: String(row_id) })))
    }
    return { ...counts[0]!, faults }
  } finally {
    await client.query('rollback').catch(() => undefined) // a lost connection is released broken below
    client.release()
  }
}
