// What can be asked without a language model. Whatever does not fit is not guessed at.
import { distance } from '../../../shared/world/nearest-names.ts'
import { tiersIn } from './item-words.ts'

export type Command =
  | { kind: 'online' }
  | { kind: 'where'; name: string }
  | { kind: 'stats'; name: string }
  | { kind: 'rares'; hours: number; name: string | null }
  | { kind: 'items'; wanted: string; holder?: string }
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

/** Words before a question that ask for nothing. */
const OPENING =
  /^(?:(?:please|hey|hi|hello|ok|so|and|(?:can|could) you(?: please)?|do you know|tell me|show me|show|list)[ ,]+)+/i

/** What a question asks for; null for what is none of these. */
export function parseQuestion(question: string): Command | null {
  const text = question
    .normalize('NFKC')
    .replace(/[’‘`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[?!.\s]+$/, '')
    .replace(OPENING, '')
  const lower = text.toLowerCase()
  if (/^(help|\?|commands|what can (you|i) (do|ask).*)$/.test(lower) || lower === '') return { kind: 'help' }
  if (isAboutOnline(lower)) return { kind: 'online' }
  if (isAboutServer(lower)) return { kind: 'server' }
  if (/\brares?\b/.test(lower) && !/^(find|search)\b|^how many rares (does|has)\b/.test(lower)) return raresOf(lower)
  return aboutName(text) ?? itemsOf(text)
}

const isAboutOnline = (text: string): boolean =>
  /^(who|which characters|how many)?\s*('?s|is|are|all|characters|players|people)*( is| are)?\s*(currently |now )?(online|on|playing|live|in game|logged in)( now| right now| today| at the moment)?$/.test(
    text,
  ) ||
  /^(is |are )?(any|some|every)(one|body) (online|on|playing|logged in|there)( now| right now| at the moment)?$/.test(
    text,
  ) ||
  /^where(?:'s| is| are) (every(one|body)|all( of us)?)$/.test(text) ||
  /^(online|live)( players| characters| now)?$/.test(text) ||
  nearly(text, 'who is online')

const isAboutServer = (text: string): boolean =>
  /^((game )?server)( health| status| state| up| down)?$/.test(text) ||
  /^(is|how is|how's) the ((game )?server)( up| down| doing| online)?$/.test(text) ||
  nearly(text, 'server health') ||
  nearly(text, 'server status')

/** Typed with one or two letters wrong. */
const nearly = (text: string, wanted: string): boolean => distance(text, wanted) <= 2

/** Ways to ask for the rares of one character: its name, then a period. */
const RARES_OF = [
  /\brares? (?:found )?(?:of|by|from|for) (?!the\b|last\b|past\b|today\b|\d)(.+?)((?:\s+(?:in|over|within|during|last|past|today|since|before|on|this|yesterday)\b.*)?)$/,
  /^(?:wh(?:at|ich) (?:is|are|were) )?(.+?)'s (?:recent |last |latest )?rares?\b(.*)$/,
  /^(?:what|which|any) rares? (?:did|has) (.+?) (?:find|found|get|got)\b(.*)$/,
]

/** What may stand around a number of hours, or instead of it. */
const AROUND_PERIOD =
  /\b(recent|last|latest|newest|any|rares?|found|in|the|of|over|within|during|from|today|this week|what|which|were|are|so far)\b/g

function raresOf(text: string): Command | null {
  const [, name = null, tail = ''] = RARES_OF.map((way) => way.exec(text)).find(Boolean) ?? []
  const period = name === null ? text : tail
  // A period that is not understood would be answered with another one.
  if (period.replace(SPAN, '').replace(AROUND_PERIOD, '').trim()) return null
  const hours = /\btoday\b/.test(period) ? DAY_H : /\bthis week\b/.test(period) ? 7 * DAY_H : hoursIn(period)
  return { kind: 'rares', hours, name }
}

function hoursIn(text: string): number {
  const match = SPAN.exec(text)
  if (!match) return DAY_H
  const count = Number(match[1])
  const unit = SHORT[match[2]!] ?? match[2]!
  return Math.min(MAX_HOURS, Math.max(0.1, (Number.isNaN(count) ? 1 : count) * HOURS[unit]!))
}

/** Words of questions, which no name begins with. */
const NO_NAME = /^(?:who|what|which|how|why|when|my|our|i|me|we|the most|most|best|top)\b/i

const WHERE = [
  /^where (?!is\b|are\b)(.+?) is(?: now| right now| at)?$/i,
  /^(?:where(?:'?s| is| are)?|locate|find where|where can i find|where did) (.+?)(?: now| right now| at| go)?$/i,
  /^(?:what(?:'s| is) )?(?:the )?(?:location|position|place|whereabouts|coordinates) of (.+)$/i,
  /^(?:what(?:'s| is) )?(.+?)'s (?:location|position|place|whereabouts|coordinates)$/i,
  /^is (.+?) (?:currently |still )?(?:online|on|playing|live|in game|logged in)(?: now| right now| at the moment)?$/i,
]

const FIGURES = '(?:stats|statistics|status|state|vitals|health|hp|level|kills|deaths|info)'
const STATS = [
  new RegExp(String.raw`^(?:what (?:is|are) )?(.+?)(?:'s|') ${FIGURES}$`, 'i'),
  new RegExp(String.raw`^(?:what (?:is|are) )?(?:the )?${FIGURES} (?:of|for) (.+)$`, 'i'),
  /^how(?:'s| is) (.+?)(?: doing)?$/i,
  /^how many (?:kills|deaths|rares) (?:does|has) (.+?) (?:have|got|found)$/i,
  new RegExp(String.raw`^(.+?) ${FIGURES}$`, 'i'),
]

function aboutName(text: string): Command | null {
  const nameIn = (ways: readonly RegExp[]) =>
    ways.map((way) => way.exec(text)?.[1]).find((name) => name !== undefined && !NO_NAME.test(name))
  const where = nameIn(WHERE)
  if (where) return { kind: 'where', name: where }
  const stats = nameIn(STATS)
  return stats ? { kind: 'stats', name: stats } : null
}

function itemsOf(text: string): Command | null {
  const asked =
    /^(?:find|search(?: for)?|look for|looking for|who has(?! the most| most)|items?)(?: me)?(?: items?)?(?: (?:named|called|with))? (.+)$/i.exec(
      text,
    )?.[1] ?? (tiersIn(text).length ? text : undefined)
  if (asked === undefined || tiersIn(asked).length > 1) return null // items are searched by one tier
  const [, what = asked, holder] = /^(.+?) (?:on|held by|worn by|carried by) (.+)$/i.exec(asked) ?? []
  const wanted = what.replace(/^(?:an?|the|any|all|some) /i, '').replace(/^["“”'\s]+|["“”'\s]+$/g, '')
  return wanted ? { kind: 'items', wanted, ...(holder !== undefined && { holder }) } : null
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
