// What a body of `POST /trace` means: the start of a session, a call of a tool, or the end of a session.
import { z } from 'zod'
import type { LookedAt, StepKind, StepOutcome, TraceSubjects } from '../../../shared/contract/traces.ts'
import { isRecord, wellFormed } from '../../../shared/contract/json-value.ts'
import { redact, type AllowList } from '../../../shared/contract/redact-trace.ts'
import { subjectsOf } from './subjects.ts'

/** A report as it is stored. Moments are ISO 8601. */
export interface TraceReport {
  /** Where it came from; ids of sessions are unique within it. */
  source: string
  reporter: string
  /** Only the person who asked in this turn, of the assistant or of a game, may see it. Null for all viewers. */
  turnId: string | null
  session: string
  player: string | null
  /** Null to keep the mode of the session. */
  mode: string | null
  totalSteps: number | null
  kind: StepKind
  /** Names the call within its session. */
  call: string
  /** The call that made it; null for one that the assistant made itself. */
  parent: string | null
  /** Null to count on. */
  step: number | null
  tool: string | null
  input: unknown
  result: unknown
  lookedAt: LookedAt | null
  subjects: TraceSubjects | null
  inputTokens: number | null
  outputTokens: number | null
  outcome: StepOutcome
  startedAt: string
  finishedAt: string | null
  durationMs: number | null
}

const MAX_STEP = 100_000
const MAX_COORDINATE = 30_000_000
const MAX_RADIUS = 128

/** Text of 1 to `most` characters that Postgres takes; numbers are accepted as ids. */
const text = (most: number) => {
  const expected = `Expected text of 1 to ${most} characters`
  return z
    .union([z.string(), z.number()], expected)
    .transform((value) => wellFormed(String(value)).trim())
    .pipe(z.string().min(1, expected).max(most, expected))
}

const NOT_A_NUMBER = 'Expected a number'
/** Some programs send numbers as text. Nothing else is one: `true` and an empty text are not. */
const number = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, NOT_A_NUMBER)], NOT_A_NUMBER).transform(Number)

const step = number.pipe(z.number().int().min(0).max(MAX_STEP))

const tokens = number.pipe(z.number().int().min(0).max(2_000_000_000))

/** The fields that a gateway posts; others are ignored. */
const body = z.object({
  session_id: text(128),
  player: text(64).nullish(),
  mode: text(32).nullish(),
  event: text(32).nullish(),
  tool: text(128).nullish(),
  call_id: text(128).nullish(),
  parent_id: text(128).nullish(),
  input: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
  ok: z.boolean().nullish(),
  step: step.nullish(),
  total_steps: step.nullish(),
  duration_ms: number.pipe(z.number().min(0).max(86_400_000)).nullish(),
  response: z.unknown().optional(),
  input_tokens: tokens.nullish(),
  output_tokens: tokens.nullish(),
})
type Body = z.infer<typeof body>

/** Names the fields of a session's start and end in the allow-list; by default its final answer is not shown. */
const SESSION_FIELDS = 'session'
const END = /^(session[_.-]?)?(end|ended|finish|finished)$/i
const START = /^(session[_.-]?)?(start|started|begin)$/i

function kindOf({ event, tool, response }: Body): StepKind | null {
  if (event && END.test(event)) return 'SESSION_ENDED'
  if (event && START.test(event)) return 'SESSION_STARTED'
  if (tool) return 'CALL'
  if (event) return null
  return response === undefined ? 'SESSION_STARTED' : 'SESSION_ENDED'
}

/** Who reports, and what is done with it. */
export interface Reporting {
  source: string
  reporter: string
  allowed: AllowList
  now: Date
  /** Makes the name of a call that has none. */
  newCall: () => string
}

/** The report in a body, or what is wrong with it, for people. */
export function readReport(value: unknown, reporting: Reporting): TraceReport | string {
  const read = body.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    return issue!.path.length ? `\`${issue!.path.join('.')}\`: ${issue!.message}.` : 'The body must be a JSON object.'
  }
  const found = read.data
  const kind = kindOf(found)
  if (kind === null) return '`event` must be session_start or session_end; a call has a `tool` instead.'
  return reportOf(found, kind, reporting)
}

function reportOf(found: Body, kind: StepKind, { source, reporter, allowed, now, newCall }: Reporting): TraceReport {
  const tool = kind === 'CALL' ? found.tool! : null
  const shownAs = tool ?? SESSION_FIELDS
  const hasFailed = found.ok === false || (found.error !== undefined && found.error !== null && found.error !== false)
  const at = now.toISOString()
  const ms = found.duration_ms ?? null
  const input = redact(shownAs, found.input, allowed)
  const answered = found.result ?? (hasFailed ? { error: found.error } : found.response)
  return {
    source,
    reporter,
    turnId: null,
    session: found.session_id,
    player: found.player ?? null,
    mode: found.mode ?? null,
    totalSteps: found.total_steps ?? null,
    kind,
    call: tool === null ? kind : (found.call_id ?? newCall()),
    parent: tool === null ? null : (found.parent_id ?? null),
    step: tool === null ? 0 : (found.step ?? null),
    tool,
    input,
    result: redact(shownAs, answered, allowed),
    lookedAt: lookedAt(found.input),
    subjects: subjectsOf(input),
    inputTokens: found.input_tokens ?? null,
    outputTokens: found.output_tokens ?? null,
    outcome: hasFailed ? 'FAILED' : 'OK',
    startedAt: ms === null ? at : new Date(now.getTime() - ms).toISOString(),
    finishedAt: at,
    durationMs: ms,
  }
}

/** Where the arguments of a tool look; null where they name no place. */
export function lookedAt(input: unknown): LookedAt | null {
  if (!isRecord(input)) return null
  const place = [input['center'], input['centre'], input['position'], input].find(isRecord)
  const x = coordinate(place?.['x'])
  const z = coordinate(place?.['z'])
  if (x === null || z === null) return null
  const { radius } = input
  return {
    x,
    y: coordinate(place?.['y']),
    z,
    radius: typeof radius === 'number' ? Math.min(MAX_RADIUS, Math.max(0, radius)) : 0,
  }
}

const coordinate = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= MAX_COORDINATE ? value : null
