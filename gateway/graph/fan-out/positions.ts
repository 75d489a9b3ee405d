// Streams of facts: which they are, and where a reader wants to resume.
import { Kind, parse, valueFromASTUntyped } from 'graphql'
import { RESUME_ARGUMENT } from '../../declared/declared.ts'
import { rootFieldsOf } from '../../declared/root-fields.ts'

/** A subscription of facts as it was requested. */
export interface ResumePoint {
  /** The id that its reader received last; null to begin with what comes. */
  afterId: string | null
}

type Argument = { variable: string } | { value: unknown }
const MAX_DOCUMENTS = 1_000
const MAX_LENGTH = 20_000
const remembered = new WeakMap<ReadonlySet<string>, Map<string, Argument | null>>()

/** Where an operation resumes; null for anything but a subscription of facts. */
export function resumePointOf(
  {
    query,
    operationName,
    variables,
  }: Readonly<{
    query?: string | null | undefined
    operationName?: string | null | undefined
    variables?: Readonly<Record<string, unknown>> | null | undefined
  }>,
  resumable: ReadonlySet<string>,
): ResumePoint | null {
  const argument = argumentOf(query ?? '', operationName, resumable)
  if (!argument) return null
  const value = 'variable' in argument ? variables?.[argument.variable] : argument.value
  return { afterId: typeof value === 'string' || typeof value === 'number' ? String(value) : null }
}

function argumentOf(
  query: string,
  operationName: string | null | undefined,
  resumable: ReadonlySet<string>,
): Argument | null {
  const known = remembered.get(resumable) ?? new Map<string, Argument | null>()
  remembered.set(resumable, known)
  const key = `${operationName ?? ''} ${query}`
  const found = known.get(key)
  if (found !== undefined) return found
  const argument = findArgument(query, operationName, resumable)
  if (key.length <= MAX_LENGTH) {
    if (known.size >= MAX_DOCUMENTS) known.delete(known.keys().next().value!)
    known.set(key, argument)
  }
  return argument
}

function findArgument(
  query: string,
  operationName: string | null | undefined,
  resumable: ReadonlySet<string>,
): Argument | null {
  if (!query.includes('subscription')) return null
  try {
    const [field, ...others] = rootFieldsOf(parse(query, { noLocation: true, maxTokens: 10_000 }), operationName)
    if (!field || others.length || !resumable.has(field.name.value)) return null
    const value = field.arguments?.find(({ name }) => name.value === RESUME_ARGUMENT)?.value
    if (!value) return { value: null }
    return value.kind === Kind.VARIABLE ? { variable: value.name.value } : { value: valueFromASTUntyped(value) }
  } catch {
    return null // refused when it is executed
  }
}

/** The later of two positions: ids of facts count up. */
export const laterPosition = (one: string | null, other: string | null | undefined): string | null =>
  other == null || (one !== null && BigInt(other) <= BigInt(one)) ? one : other
