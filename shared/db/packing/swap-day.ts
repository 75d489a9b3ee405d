import type { Day } from '../dialect/days.ts'
import type { Client } from '../pool.ts'
import { ASIDE } from './aside.ts'

const { copy, late, old } = ASIDE
const LATE = 'OVL01'

/** Whether others held up what was tried: by a lock, or by a row that came late. */
export function isHeldUp(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '55P03' || code === '40P01' || code === LATE
}

/**
 * Puts the copy in the place of its day, in one transaction of a few milliseconds. Throws what `isHeldUp` knows when
 * that is not to be had now, or a row came late; then all is as it was.
 */
export async function swapDay(client: Client, { table, name, from, to }: Day, note: string): Promise<void> {
  try {
    // One text: between its statements nothing has to cross over while others wait.
    await client.query(
      `begin;
       lock table only ${table} in access exclusive mode;
       lock table ${name} in access exclusive mode;
       do $$ begin if exists (select from ${late})
       then raise exception 'a row came late' using errcode = '${LATE}'; end if; end $$;
       alter table ${table} detach partition ${name};
       alter table ${name} rename to ${old};
       alter table ${copy} rename to ${name};
       alter table ${table} attach partition ${name} for values from ('${from}') to ('${to}');
       alter table ${name} drop constraint within_day;
       alter table ${name} reset (autovacuum_enabled);
       comment on table ${name} is '${note}';
       commit`,
    )
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be what was lost
    throw error
  }
}
