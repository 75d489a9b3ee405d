import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { type DocumentNode, Kind, parse, visit } from 'graphql'
import { isAtLeast, type Role, type Viewer } from '../../shared/auth/viewer.ts'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../context.ts'
import { refusing, type Judge } from './refusing.ts'

/** Words and signs of a document. One at the limits of use-limits.ts has fewer. */
const MOST_TOKENS = 10_000
/** Entries of a list that is an argument. */
const LONGEST_LIST = 1_000
/** Characters of a text that is an argument. */
const LONGEST_TEXT = 100_000
/** Lists and objects within each other. */
const DEEPEST = 32

/** Who may ask the schema about itself. */
export type Introspection = Role | 'nobody'

/**
 * Refuses what no field could mean: NUL characters, endless lists, bottomless objects; and introspection by whom the operator
 * does not want to see it. On HTTP and WebSocket alike, before anything runs.
 */
export function useArguments(introspection: Introspection): GatewayPlugin<GraphContext> {
  return {
    ...refusing(judgeArguments(introspection)),
    onParse({ setParseFn }) {
      setParseFn((source: string) => {
        try {
          return parse(source, { maxTokens: MOST_TOKENS })
        } catch (error) {
          if (error instanceof Error && /more that \d+ tokens/.test(error.message))
            throw fault('BAD_USER_INPUT', `This document has more tokens than the ${MOST_TOKENS} that are served.`)
          throw error
        }
      })
    },
  }
}

/** What useArguments refuses of a document that could be read. */
export const judgeArguments =
  (introspection: Introspection): Judge =>
  ({ document, variableValues, contextValue }) => {
    const { viewer } = contextValue as { viewer?: Viewer }
    const { asks, trouble } = look(document)
    if (asks && (introspection === 'nobody' || !viewer || viewer.only === 'agent' || !isAtLeast(viewer, introspection)))
      return [fault('FORBIDDEN', 'You may not ask the schema about itself here.')]
    const found = trouble ?? troubleIn(variableValues, 0)
    return found === null ? null : [fault('BAD_USER_INPUT', found)]
  }

interface Look {
  /** It asks the schema about itself. */
  asks: boolean
  /** It wants its answer in parts. */
  isInParts: boolean
  /** What is wrong with the arguments written in it. */
  trouble: string | null
}

/** Documents are parsed once and kept; so is what they are like. */
const looks = new WeakMap<DocumentNode, Look>()

/** What a document is like. */
export function look(document: DocumentNode): Look {
  const known = looks.get(document)
  if (known) return known
  const found: Look = { asks: false, isInParts: false, trouble: null }
  visit(document, {
    Field: ({ name }) => void (found.asks ||= name.value === '__schema' || name.value === '__type'),
    Directive: ({ name }) => void (found.isInParts ||= name.value === 'defer' || name.value === 'stream'),
    StringValue: ({ value }) => void (found.trouble ??= troubleIn(value, 0)),
    ListValue: ({ values }) => void (found.trouble ??= values.length > LONGEST_LIST ? TOO_LONG : null),
    ObjectField: ({ name }) => void (found.trouble ??= name.value === '__proto__' ? NO_NAME : null),
  })
  if (document.definitions.every((node) => node.kind !== Kind.OPERATION_DEFINITION)) found.asks = false
  looks.set(document, found)
  return found
}

const TOO_LONG = `A list has at most ${LONGEST_LIST} entries.`
const NO_NAME = 'An argument’s field cannot be called __proto__.'

/** What is wrong with a value as it came; null when nothing is. */
function troubleIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'Text cannot hold NUL characters.'
    return value.length > LONGEST_TEXT ? `A text has at most ${LONGEST_TEXT} characters.` : null
  }
  if (typeof value !== 'object' || value === null) return null
  if (depth >= DEEPEST) return `Arguments are at most ${DEEPEST} lists and objects deep.`
  if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST) return TOO_LONG
    for (const entry of value as unknown[]) {
      const trouble = troubleIn(entry, depth + 1)
      if (trouble) return trouble
    }
    return null
  }
  for (const [name, entry] of Object.entries(value)) {
    if (name === '__proto__') return NO_NAME
    const trouble = troubleIn(name, depth) ?? troubleIn(entry, depth + 1)
    if (trouble) return trouble
  }
  return null
}
