// Steps for the public: redacted again, and without the places and names that members of the guild do not show.
import { REDACTED } from '../../../shared/contract/redact-trace.ts'
import { CHARACTER_FIELDS } from '../../../shared/world/character-fields.ts'
import { isRecord } from '../../../shared/contract/json-value.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { StoredFacts } from '../../../shared/pubsub/fact-stream.ts'
import { sessionLoader, storedSteps, type SessionRow, type StepRow } from '../trace/store.ts'
import { lettersOf, namesWord } from './names.ts'
import { publicMode, publicName, publicTool, publicValue } from './public-values.ts'

/** A step as it may be sent to the public. */
export interface PublicStep extends Omit<
  StepRow,
  'subjects' | 'callId' | 'parentCallId' | 'inputTokens' | 'outputTokens'
> {
  player: string | null
  totalSteps: number | null
}

/** A character of the guild that a text names. */
export interface NamedCharacter {
  name: string
  /** It shows less than all of its place: neither its name nor its places are public. */
  isRestricted: boolean
}

/** Steps that every viewer may see, as the public may see them. */
export function publicSteps(pool: Pool, viewer: Viewer): StoredFacts<PublicStep> {
  const stored = storedSteps(pool, viewer, null)
  const sessions = sessionLoader(pool)
  return {
    ...stored,
    idOf: ({ changeId }) => changeId,
    async page(after, upTo, limit) {
      const rows = await stored.page(after, upTo, limit)
      const found = await Promise.all(rows.map(({ sessionId }) => sessions.load(sessionId)))
      const texts = rows.map((row, nth) => textOf(row, found[nth]!))
      // A failed read ends the stream: nothing is sent that was not checked.
      const named = rows.length ? await charactersIn(pool, texts.join('\n')) : []
      return rows.map((row, nth) => publicStep(row, found[nth]!, charactersOf(texts[nth]!, named)))
    },
  }
}

/** Everything of a step that may name somebody. What JSON writes with letters, such as a new line, is a blank. */
const textOf = ({ mode, tool, input, result, subjects }: StepRow, session: SessionRow | null): string =>
  JSON.stringify([session?.player ?? null, mode, tool, input, result, subjects]).replace(/\\(u[\da-f]{4}|.)/g, ' ')

/** The guild's characters of which the letters are in a text, and few more. */
async function charactersIn(pool: Pool, text: string): Promise<NamedCharacter[]> {
  const { rows } = await pool.query<NamedCharacter>(
    `select name, coalesce(s.place_shown, 'EXACT') <> 'EXACT' as "isRestricted"
     from characters full join character_settings s using (name)
     where strpos($1, translate(lower(name), ' -_''.+', '')) > 0 or strpos(lower($2), lower(name)) > 0`,
    [lettersOf(text), text],
  )
  return rows
}

/** Those that a text names as whole words. */
function charactersOf(text: string, named: readonly NamedCharacter[]): NamedCharacter[] {
  return named.filter(({ name }) => namesWord(text, name))
}

/** Arguments that name somebody by a field that was redacted: it may be anybody. */
const namesSomebodyUnknown = (input: unknown): boolean =>
  isRecord(input) && CHARACTER_FIELDS.some((field) => JSON.stringify(input[field] ?? null).includes(REDACTED))

/**
 * A step as it may be sent. One about a character of the guild, or somebody who cannot be known, shows no places: the
 * guild's own game is never public. One about a character that restricts its place does not name it either.
 */
export function publicStep(
  { subjects: _, callId: __, inputTokens: ___, outputTokens: ____, parentCallId: _____, ...row }: StepRow,
  session: Pick<SessionRow, 'player' | 'totalSteps'> | null,
  characters: readonly NamedCharacter[],
): PublicStep {
  const { tool, input, result, mode, lookedAt } = row
  const mayShowPlace = characters.length === 0 && !namesSomebodyUnknown(input)
  const restricted = characters.filter(({ isRestricted }) => isRestricted)
  const mayShow = (text: string | null) => text === null || !restricted.some(({ name }) => namesWord(text, name))
  return {
    ...row,
    player: mayShow(session?.player ?? null) ? publicName(session?.player ?? null) : null,
    totalSteps: session?.totalSteps ?? null,
    mode: mayShow(mode) ? publicMode(mode) : 'active',
    tool: mayShow(tool) ? publicTool(tool) : REDACTED,
    input: mayShowPlace ? publicValue(tool, input) : null,
    result: mayShowPlace ? publicValue(tool, result) : null,
    lookedAt: mayShowPlace ? lookedAt : null,
  }
}
