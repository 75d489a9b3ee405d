import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../graph/runtime.ts'

/** How large a document may be. Generous for people and tools, small against abuse. */
const LIMITS = { depth: 16, fields: 2_000, aliases: 100 } as const

interface Size {
  depth: number
  fields: number
  aliases: number
}

/**
 * Refuses documents too deep or too wide, on HTTP and WebSocket alike: it is a validation rule, so one bad operation is
 * answered with an error and ends no other stream of its socket.
 */
export function useLimits(): GatewayPlugin<GraphContext> {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(sizeRule)
    },
  }
}

function sizeRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const size = measure(document)
      for (const [what, most] of Object.entries(LIMITS) as [keyof Size, number][]) {
        if (size[what] > most) {
          context.reportError(
            fault(
              'BAD_USER_INPUT',
              `This document has more ${what} than the ${most} that are served. Ask for less at once, or page.`,
            ),
          )
        }
      }
    },
  }
}

/** Fragments count wherever they are spread; a ring of them counts once, and is refused by another rule. */
function measure(document: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const size: Size = { depth: 0, fields: 0, aliases: 0 }

  const walk = (set: SelectionSetNode, depth: number, within: readonly string[]): void => {
    size.depth = Math.max(size.depth, depth)
    for (const node of set.selections) {
      if (size.fields > LIMITS.fields) return // enough is known
      if (node.kind === Kind.FIELD) {
        // Tools ask the schema about itself deeply, and that is bounded by the schema.
        if (node.name.value.startsWith('__')) continue
        size.fields++
        if (node.alias) size.aliases++
        if (node.selectionSet) walk(node.selectionSet, depth + 1, within)
      } else if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet, depth, within)
      else {
        const fragment = fragments.get(node.name.value)
        if (fragment && !within.includes(node.name.value))
          walk(fragment.selectionSet, depth, [...within, node.name.value])
      }
    }
  }
  for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) walk(node.selectionSet, 1, [])
  return size
}
