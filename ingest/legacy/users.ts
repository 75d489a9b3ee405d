import { isUsableOldHash } from '../../shared/auth/password.ts'
import type { Client, Pool } from '../../shared/db/pool.ts'
import { momentOf, oldRows, textOf } from './original.ts'
import type { Report } from './report.ts'

/** Names that are distinct and readable; names of new accounts pass the same check. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._'-]{0,62}$/u

/** LEG1: accounts with their bcrypt hashes; a name that is taken here stays as it is. */
export async function importUsers(from: Client, pool: Pool, report: Report): Promise<void> {
  for await (const rows of oldRows(from, 'select to_jsonb(u) as row from users u order by 1::text')) {
    for (const row of rows) {
      const username = textOf(row, 'username', 'name')
      const hash = textOf(row, 'password_hash', 'hashed_password', 'password') ?? ''
      if (username === null || !NAME.test(username)) report.left('users whose name we do not take')
      else if (!isUsableOldHash(hash)) report.left('users whose password is kept in a way we do not take')
      else {
        const { rowCount } = await pool.query(
          `insert into users (username, password_hash, role, created_at) values ($1, $2, $3, coalesce($4, now()))
           on conflict do nothing`,
          [username, hash, row['is_admin'] === true ? 'admin' : 'viewer', momentOf(row, 'created_at')],
        )
        if (rowCount) report.brought('users')
        else report.left('users whose name is taken here, or that were brought before')
      }
    }
  }
}
