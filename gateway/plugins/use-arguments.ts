import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { type DocumentNode, Kind, parse, visit } from 'graphql'
import { isAtLeast, type Role, type Viewer } from '../../shared/auth/viewer.ts'
import { fault } from '../../shared/errors.ts'
import { isNestedTooDeep, TOO_DEEP } from '../../shared/document-nesting.ts'
import type { GraphContext } from '../context.ts'
import { refusing, type Check } from './refusing.ts'

/** Tokens of a document. One at the limits of use-limits.ts has fewer. */
const MAX_TOKENS = 10_000
/** Entries of a list that is an argument. */
const MAX_LIST_LENGTH = 1_000
/** Characters of a text that is an argument. */
const MAX_TEXT_LENGTH = 100_000
/** Lists and objects within each other. */
const MAX_DEPTH = 32

/** The least role that may introspect the schema. */
export type Introspection = Role | 'nobody'

/**
 * Refuses arguments that no field accepts: NUL characters, very long lists, deeply nested objects; and introspection
 * below the configured role. On HTTP and WebSocket alike, before anything runs.
 */
export function useArguments(introspection: Introspection): GatewayPlugin<GraphContext> {
  return {
    ...refusing(checkArguments(introspection)),
    onParse({ setParseFn }) {
      setParseFn((source: string) => {
        if (isNestedTooDeep(source)) throw fault('BAD_USER_INPUT', TOO_DEEP)
        try {
          return parse(source, { maxTokens: MAX_TOKENS })
        } catch (error) {
          if (error instanceof Error && /more that \d+ tokens/.test(error.message))
            throw fault('BAD_USER_INPUT', `This document has more tokens than the ${MAX_TOKENS} that are served.`)
          throw error
        }
      })
    },
  }
}

/** The checks of useArguments for a parsed document. */
export const checkArguments =
  (introspection: Introspection): Check =>
  ({ document, variableValues, contextValue }) => {
    const { viewer } = contextValue as { viewer?: Viewer }
    const { asks, trouble } = inspectDocument(document)
    if (
      asks &&
      (introspection === 'nobody' ||
        !viewer ||
        viewer.only === 'agent' ||
        viewer.only === 'public' ||
        viewer.only === 'share' ||
        !isAtLeast(viewer, introspection))
    )
      return [fault('FORBIDDEN', 'You may not ask the schema about itself here.')]
    const found = trouble ?? troubleIn(variableValues, 0)
    return found === null ? null : [fault('BAD_USER_INPUT', found)]
  }

interface Inspection {
  /** It introspects the schema. */
  asks: boolean
  /** It uses `@defer` or `@stream`. */
  isInParts: boolean
  /** What is wrong with the arguments written in it. */
  trouble: string | null
}

/** Documents are parsed once and cached, and so are their inspections. */
const inspections = new WeakMap<DocumentNode, Inspection>()

/** Inspects a document once. */
export function inspectDocument(document: DocumentNode): Inspection {
  const known = inspections.get(document)
  if (known) return known
  const found: Inspection = { asks: false, isInParts: false, trouble: null }
  visit(document, {
    Field: ({ name }) => void (found.asks ||= name.value === '__schema' || name.value === '__type'),
    Directive: ({ name }) => void (found.isInParts ||= name.value === 'defer' || name.value === 'stream'),
    StringValue: ({ value }) => void (found.trouble ??= troubleIn(value, 0)),
    ListValue: ({ values }) => void (found.trouble ??= values.length > MAX_LIST_LENGTH ? TOO_LONG : null),
    ObjectField: ({ name }) => void (found.trouble ??= name.value === '__proto__' ? NO_NAME : null),
  })
  if (document.definitions.every((node) => node.kind !== Kind.OPERATION_DEFINITION)) found.asks = false
  inspections.set(document, found)
  return found
}

const TOO_LONG = `A list has at most ${MAX_LIST_LENGTH} entries.`
const NO_NAME = 'An argument’s field cannot be called __proto__.'

/** What is wrong with a value as received; null if nothing is. */
function troubleIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'Text cannot hold NUL characters.'
    return value.length > MAX_TEXT_LENGTH ? `A text has at most ${MAX_TEXT_LENGTH} characters.` : null
  }
  if (typeof value !== 'object' || value === null) return null
  if (depth >= MAX_DEPTH) return `Arguments are at most ${MAX_DEPTH} lists and objects deep.`
  if (Array.isArray(value)) {
    if (value.length > MAX_LIST_LENGTH) return TOO_LONG
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
