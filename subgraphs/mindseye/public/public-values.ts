// What of a step's values the public may see: numbers and names of kinds in listed fields. No free text, no other keys.
import { allowList, isListed, redact, REDACTED } from '../../../shared/contract/redact-trace.ts'
import { isRecord } from '../../../shared/contract/json-value.ts'

/** The built-in list alone: what an operator adds is for viewers. */
const PUBLIC_FIELDS = allowList()
/** Fields with counts by kind: their keys are kinds, not fields. */
const COUNTS: ReadonlySet<string> = new Set(['blocks', 'entities'])
/** A kind such as `minecraft:oak_log`: one word, which no sentence, address or place fits. */
const KIND = /^[a-z_][\w:.-]{0,63}$/i
const TOOL = /^[a-z_][\w-]*(?:[.:/][a-z_][\w-]*)*$/i
const MODE = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]{0,31}$/u
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} _.'-]{0,63}$/u

/** Arguments or a result of a tool, as the public sees them. */
export function publicValue(tool: string | null, value: unknown): unknown {
  const shownAs = tool ?? 'session'
  return partOf(shownAs, redact(shownAs, value, PUBLIC_FIELDS), false)
}

function partOf(tool: string, value: unknown, areCounts: boolean): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'string') return KIND.test(value) ? value : REDACTED
  if (Array.isArray(value)) return value.map((part) => partOf(tool, part, false))
  if (!isRecord(value)) return REDACTED
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => KIND.test(key))
      .map(([key, part]) => {
        const mayShow = isListed(tool, key, PUBLIC_FIELDS) || (areCounts && typeof part === 'number')
        return [key, mayShow ? partOf(tool, part, COUNTS.has(key)) : REDACTED]
      }),
  )
}

/** The name of a tool; text of another form is not shown. */
export const publicTool = (tool: string | null): string | null => (tool === null || TOOL.test(tool) ? tool : REDACTED)

/** A mode; text of another form is only known to be one. */
export const publicMode = (mode: string): string => (MODE.test(mode) ? mode : 'active')

/** The name of a player; null for text that is none. */
export const publicName = (name: string | null): string | null => (name !== null && NAME.test(name) ? name : null)
