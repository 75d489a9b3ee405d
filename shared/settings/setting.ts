// A setting is declared once, in the room that uses it: how it is read, what it does, and what applies without it.
import { z } from 'zod'

export interface Setting<T extends z.ZodType = z.ZodType> {
  /** How the text of the environment is read. */
  readonly read: T
  /**
   * What it does, in Markdown, for the table of README.md. Settings that follow each other with the same text share a
   * row.
   */
  readonly about: string
  /** What applies without it, in Markdown. A value between backticks must be read as the default is. */
  readonly fallback: string
  /** The comment in .env.example, where it differs from `about`. */
  readonly inCompose?: string
}

/** Settings by the names of their environment variables. */
export type Settings = Readonly<Record<string, Setting>>

/** What was read. */
export type Config<S extends Settings> = { readonly [K in keyof S]: z.output<S[K]['read']> }

/** Declares a setting. */
export const setting = <T extends z.ZodType>(
  read: T,
  about: string,
  { fallback, inCompose }: { fallback: string; inCompose?: string },
): Setting<T> => ({ read, about, fallback, ...(inCompose ? { inCompose } : {}) })

/**
 * Reads settings and freezes them; throws one error that lists every fault at once, by name. No value is ever
 * printed.
 */
export function readConfig<S extends Settings>(settings: S, env: NodeJS.ProcessEnv): Config<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const schema = z.object(Object.fromEntries(Object.entries(settings).map(([name, { read }]) => [name, read])))
  const read = schema.safeParse(given)
  if (read.success) return Object.freeze(read.data) as Config<S>
  const faults = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Settings are not usable:\n${faults.join('\n')}\nSee the configuration table in README.md.`)
}
