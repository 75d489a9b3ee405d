// Which rows are hidden from which viewers. Lists and streams leave such rows out (@filtered); fields of them are
// refused (@guarded).
import type { FrameEvent, RadarEvent } from '../contract/topics.ts'
import type { AlertEvent } from '../contract/watch.ts'
import type { Privacy } from './privacy.ts'

/** Fields of watch rules by which a place could be guessed. */
export const PLACE_FIELDS: readonly string[] = ['EW', 'NS', 'Z', 'AREA']

/** Of an event of the log: its kind, its character, and the details of its alert; null if it is of none. */
export interface GuildEventSubject extends Pick<AlertEvent, 'character' | 'details'> {
  kind: string
}

/** By rule, whether the viewer may see the row. */
export const rowRules = {
  /** Some alerts reveal a place or a private message. */
  alert(privacy: Privacy, { character, details }: Pick<AlertEvent, 'character' | 'details'>): boolean {
    if (character === null) return true
    const { field, channel } = (details ?? {}) as { field?: unknown; channel?: unknown }
    if (channel === 'TELL' && !privacy.mayRead(character)) return false
    return !(typeof field === 'string' && PLACE_FIELDS.includes(field)) || privacy.placeOf(character) === 'EXACT'
  },

  /** A frame as received may contain anything about its own character, and about any that it names. */
  frame(privacy: Privacy, frame: Pick<FrameEvent, 'character' | 'body'>): boolean {
    if (privacy.seesEveryPlace()) return true
    if (frame.character !== null && privacy.placeOf(frame.character) !== 'EXACT') return false
    const text = textOf(frame)
    return !privacy
      .withoutPlace()
      .map(comparableName)
      .some((name) => name !== '' && text.includes(JSON.stringify(name).slice(1, -1)))
  },

  /** Commands are for admins, and an alert is what it is elsewhere. */
  guildEvent(privacy: Privacy, { kind, character, details }: GuildEventSubject): boolean {
    return kind === 'COMMAND' ? privacy.seesCommands() : rowRules.alert(privacy, { character, details })
  },

  /** A place that is hidden altogether; of a blurred one something is left to show. */
  place: (privacy: Privacy, { character }: { character: string }): boolean => privacy.placeOf(character) !== 'HIDDEN',

  privateMessage: (privacy: Privacy, { channel, character }: { channel: string; character: string }): boolean =>
    channel !== 'TELL' || privacy.mayRead(character),

  /** The surroundings of a character reveal its place: a picture is shown complete or not at all. */
  radar: (privacy: Privacy, { character }: { character: string }): boolean => privacy.placeOf(character) === 'EXACT',
} as const
export type RowRule = keyof typeof rowRules

export const isRowRule = (name: string): name is RowRule => Object.hasOwn(rowRules, name)

/**
 * A radar picture as the viewer may see it, without characters that hide or blur their place; undefined where it is
 * not for the viewer.
 */
export function shownRadar<R extends Pick<RadarEvent, 'character' | 'objects'>>(
  privacy: Privacy,
  picture: R,
): R | undefined {
  if (privacy.seesEveryPlace()) return picture
  if (!rowRules.radar(privacy, picture)) return undefined
  const withoutPlace = privacy.withoutPlace()
  const objects = picture.objects.filter(({ name }) => name === null || !withoutPlace.some((one) => names(name, one)))
  return objects.length === picture.objects.length ? picture : { ...picture, objects }
}

/**
 * Whether the name of an object names a character, such as its corpse does: as other clients write it, with other
 * capitals or blanks around it.
 */
function names(object: string, character: string): boolean {
  const [text, name] = [comparable(object), comparableName(character)]
  for (let at = name === '' ? -1 : text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + name.length])) return true
  return false
}
/** As names are compared: without case, invisible characters, and blanks of other kinds or numbers. */
const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/** The same for a character's name: each is compared with every frame. */
function comparableName(name: string): string {
  let known = comparableNames.get(name)
  if (known === undefined) {
    if (comparableNames.size >= MAX_NAMES) comparableNames.clear()
    comparableNames.set(name, (known = comparable(name)))
  }
  return known
}
const comparableNames = new Map<string, string>()
const MAX_NAMES = 10_000

const isLetter = (text: string | undefined): boolean => text !== undefined && /\p{L}/u.test(text)

/** Several executions check the same frame. */
const texts = new WeakMap<object, string>()

function textOf(frame: Pick<FrameEvent, 'body'>): string {
  const text = texts.get(frame) ?? comparable(JSON.stringify(frame.body) ?? '')
  texts.set(frame, text)
  return text
}
