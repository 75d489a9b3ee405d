// What of a step's arguments and result may be stored: an allow-list of fields per tool, and limits of size.
import { isRecord, wellFormed } from './json-value.ts'

/** Stands for a value that is not on the list. */
export const REDACTED = '[redacted]'
/** Longest input or result that is stored, in characters of JSON. */
const MAX_LENGTH = 16_384
const MAX_TEXT = 2_000
const MAX_ENTRIES = 100
const MAX_DEPTH = 8
const MAX_KEY = 64

/** Fields of every tool that are shown: places, sizes, counts and names of kinds. None of them is free text. */
const COMMON_FIELDS = [
  'action',
  'blocks',
  'center',
  'centre',
  'count',
  'dimension',
  'entities',
  'from',
  'height',
  'limit',
  'ok',
  'position',
  'radius',
  'status',
  'success',
  'target',
  'to',
  'type',
  'x',
  'y',
  'z',
]
/** Fields of the known tools beside these. */
const TOOL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'world.scan_area': ['area', 'size'],
  'world.look': ['direction', 'distance'],
  'world.block_at': ['block', 'biome'],
  'oracle.scan': ['area'],
  'oracle.look': ['direction'],
}
/** Never shown, even inside an allowed field or where a tool's list is `*`. */
const SECRET = /password|passwd|secret|token|api[-_]?key|authorization|cookie|credential|private/i

/** The names of fields that are shown of each tool; `*` stands for all fields of it. */
export type AllowList = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The built-in list with further fields of tools.
 */
export function allowList(more: ReadonlyMap<string, readonly string[]> = new Map()): AllowList {
  const list = new Map<string, Set<string>>()
  for (const [tool, fields] of [...Object.entries(TOOL_FIELDS), ...more])
    list.set(tool, new Set([...(list.get(tool) ?? []), ...fields]))
  return list
}

const COMMON: ReadonlySet<string> = new Set(COMMON_FIELDS)
const ALL = '*'

/** Whether a field of a tool may be shown. */
export const isListed = (tool: string, key: string, list: AllowList): boolean =>
  COMMON.has(key) || (list.get(tool)?.has(key) ?? false)

/**
 * A value of a tool as it may be stored. Fields that are not on the list keep their name and lose their value; a value
 * without fields is shown only where the tool's list is `*`. A value that is still too large is replaced by its size.
 */
export function redact(tool: string, value: unknown, list: AllowList): unknown {
  if (value === undefined || value === null) return null
  const allowed = list.get(tool)
  const everything = allowed?.has(ALL) ?? false
  const shown = isRecord(value)
    ? fieldsOf(value, (key) => everything || isListed(tool, key, list))
    : everything || typeof value === 'number' || typeof value === 'boolean'
      ? bounded(value, 0)
      : REDACTED
  const length = JSON.stringify(shown).length
  return length > MAX_LENGTH ? { tooLarge: true, characters: length } : shown
}

function fieldsOf(value: Record<string, unknown>, mayShow: (key: string) => boolean): Record<string, unknown> {
  const shown = Object.entries(value)
    .slice(0, MAX_ENTRIES)
    .filter(([key]) => key !== '__proto__')
    .map(([key, part]) => [keyOf(key), mayShow(key) && !SECRET.test(key) ? bounded(part, 1) : REDACTED] as const)
  return Object.fromEntries(shown)
}

const keyOf = (key: string) => wellFormed(key).slice(0, MAX_KEY).toWellFormed()

/** A value within an allowed field: without secrets, cut to size. */
function bounded(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    const text = wellFormed(value)
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).toWellFormed()}…` : text
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return REDACTED
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((part) => bounded(part, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ENTRIES)
      .filter(([key]) => key !== '__proto__')
      .map(([key, part]) => [keyOf(key), SECRET.test(key) ? REDACTED : bounded(part, depth + 1)]),
  )
}

/** Text of a setting: `tool=field,field;tool=*`. Null where it does not have this form. */
export function readAllowed(text: string): Map<string, string[]> | null {
  const found = new Map<string, string[]>()
  for (const entry of text.split(';').filter((part) => part.trim())) {
    const [, tool, fields] = /^\s*([\w.:/-]{1,128})\s*=\s*(\*|[\w-]+(?:\s*,\s*[\w-]+)*)\s*$/.exec(entry) ?? []
    if (tool === undefined || fields === undefined) return null
    found.set(
      tool,
      fields.split(',').map((field) => field.trim()),
    )
  }
  return found
}
