// What can be asked without a language model. Whatever does not fit is not guessed at.
import { distance } from '../../../shared/world/nearest-names.ts'

export type Command =
  | { kind: 'online' }
  | { kind: 'where'; name: string }
  | { kind: 'stats'; name: string }
  | { kind: 'rares'; hours: number; name: string | null }
  | { kind: 'items'; wanted: string }
  | { kind: 'server' }
  | { kind: 'help' }

/** One of each kind of question, as `help` lists them. */
export const EXAMPLES: Readonly<Record<Command['kind'], string>> = {
  online: 'who is online',
  where: 'where is NAME',
  stats: 'NAME’s stats',
  rares: 'rares last 24 hours',
  items: 'find legendary strength bracelets',
  server: 'server health',
  help: 'help',
}

const DAY_H = 24
const MAX_HOURS = 8_760
const HOURS: Readonly<Record<string, number>> = {
  minute: 1 / 60,
  hour: 1,
  day: DAY_H,
  week: 7 * DAY_H,
  month: 30 * DAY_H,
}
const UNIT = '(minute|min|m|hour|hr|h|day|d|week|w|month)s?'
const BEFORE = String.raw`\b(?:last|past|in|within|over)?\s*(?:the\s+)?(?:last\s+|past\s+)?`
const SPAN = new RegExp(String.raw`${BEFORE}(\d+(?:\.\d+)?|an?|last|past)\s*${UNIT}\b`)
const SHORT: Readonly<Record<string, string>> = {
  min: 'minute',
  m: 'minute',
  hr: 'hour',
  h: 'hour',
  d: 'day',
  w: 'week',
}

/** What a question asks for; null for what is none of these. */
export function parseQuestion(question: string): Command | null {
  const text = question
    .normalize('NFKC')
    .replace(/[’‘`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[?!.\s]+$/, '')
  const lower = text.toLowerCase().replace(/^(please|hey|hi|hello|ok|so|and|tell me|show me|show|list)[ ,]+/, '')
  if (/^(help|\?|commands|what can (you|i) (do|ask).*)$/.test(lower) || lower === '') return { kind: 'help' }
  if (isAboutOnline(lower)) return { kind: 'online' }
  if (isAboutServer(lower)) return { kind: 'server' }
  if (/\brares?\b/.test(lower) && !/^(find|search)\b/.test(lower)) return raresOf(lower)
  return aboutName(text) ?? itemsOf(text)
}

const isAboutOnline = (text: string): boolean =>
  /^(who|which characters|how many)?\s*('s|is|are|all|characters|players|people)*( is| are)?\s*(currently |now )?(online|on|playing|live|in game|logged in)( now| right now| today)?$/.test(
    text,
  ) ||
  /^(online|live)( players| characters| now)?$/.test(text) ||
  nearly(text, 'who is online')

const isAboutServer = (text: string): boolean =>
  /^((game )?server)( health| status| state| up| down)?$/.test(text) ||
  /^(is|how is|how's) the ((game )?server)( up| down| doing| online)?$/.test(text) ||
  nearly(text, 'server health') ||
  nearly(text, 'server status')

/** Typed with one or two letters wrong. */
const nearly = (text: string, wanted: string): boolean => distance(text, wanted) <= 2

function raresOf(text: string): Command | null {
  const name =
    /\brares? (?:of|by|from|for|found by) (?!the\b|last\b|past\b|today\b|\d)(.+?)(?:\s+(?:in|over|within|during|last|past|today|since)\b.*)?$/.exec(
      text,
    )?.[1]
  const owned = /^(.+?)'s (?:recent |last |latest )?rares?\b/.exec(text)?.[1]
  const hours = /\btoday\b/.test(text) ? DAY_H : /\bthis week\b/.test(text) ? 7 * DAY_H : hoursIn(text)
  const rest = text
    .replace(SPAN, '')
    .replace(
      /\b(recent|last|latest|newest|any|rares?|found|in|the|of|over|within|from|today|this week|what|which|were|are)\b/g,
      '',
    )
    .trim()
  const who = name ?? owned ?? null
  return rest && who === null ? null : { kind: 'rares', hours, name: who }
}

function hoursIn(text: string): number {
  const match = SPAN.exec(text)
  if (!match) return DAY_H
  const count = Number(match[1])
  const unit = SHORT[match[2]!] ?? match[2]!
  return Math.min(MAX_HOURS, Math.max(0.1, (Number.isNaN(count) ? 1 : count) * HOURS[unit]!))
}

function aboutName(text: string): Command | null {
  const where = /^(?:where(?:'s| is| are)?|locate|find where) (.+?)(?: now| right now| at)?$/i.exec(text)?.[1]
  if (where) return { kind: 'where', name: where }
  const what = '(?:stats|statistics|status|state|vitals|health|level|kills|deaths|info)'
  const owned = new RegExp(String.raw`^(?:what (?:is|are) )?(.+?)(?:'s|') ${what}$`, 'i').exec(text)?.[1]
  const of = new RegExp(String.raw`^(?:the )?${what} (?:of|for) (.+)$`, 'i').exec(text)?.[1]
  const how = /^how(?:'s| is) (.+?)(?: doing)?$/i.exec(text)?.[1]
  const after = new RegExp(String.raw`^(.+?) ${what}$`, 'i').exec(text)?.[1]
  const name = owned ?? of ?? how ?? after
  return name ? { kind: 'stats', name } : null
}

function itemsOf(text: string): Command | null {
  const wanted =
    /^(?:find|search(?: for)?|look for|looking for|who has|items?)(?: me)?(?: items?)?(?: (?:named|called|with))? (.+)$/i.exec(
      text,
    )?.[1]
  return wanted ? { kind: 'items', wanted: wanted.replace(/^(?:an?|the|any|all|some) /i, '') } : null
}

/** The three examples that are nearest to what was typed. */
export function nearestExamples(question: string): string[] {
  const words = new Set(question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  const near = Object.values(EXAMPLES).map((example, nth) => {
    const own = example.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    const fits = own.reduce((sum, word) => sum + Math.max(0, ...[...words].map((typed) => likeness(typed, word))), 0)
    return { example, nth, fits: fits / own.length }
  })
  return near
    .sort((a, b) => b.fits - a.fits || a.nth - b.nth)
    .slice(0, 3)
    .map(({ example }) => example)
}

const likeness = (a: string, b: string): number => {
  const near = 1 - distance(a, b) / Math.max(a.length, b.length)
  return near >= 0.6 ? near : 0
}
