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
import type { GraphContext } from '../context.ts'

/** How large a document may be. Generous for people and tools, small against abuse. */
const LIMITS = { depth: 16, fields: 2_000, aliases: 100 } as const

interface Size {
  depth: number
  fields: number
  aliases: number
}

const NOTHING: Size = { depth: 0, fields: 0, aliases: 0 }

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

/**
 * Fragments count wherever they are spread, but each is measured once: a chain of fragments that spread the next one
 * twice unfolds into billions of fields, and must not cost us their counting. A ring counts nothing here; another
 * rule refuses it.
 */
function measure(document: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const measured = new Map<string, Size>()

  const ofFragment = (name: string): Size => {
    const known = measured.get(name)
    if (known) return known
    measured.set(name, NOTHING) // stands for itself while it is being measured
    const fragment = fragments.get(name)
    const size = fragment ? of(fragment.selectionSet) : NOTHING
    measured.set(name, size)
    return size
  }
  const of = (set: SelectionSetNode): Size => {
    const sum = { ...NOTHING }
    for (const node of set.selections) {
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(node.name.value)
          : node.selectionSet
            ? of(node.selectionSet)
            : NOTHING
      const isField = node.kind === Kind.FIELD
      sum.fields += inner.fields + (isField ? 1 : 0)
      sum.aliases += inner.aliases + (isField && node.alias ? 1 : 0)
      sum.depth = Math.max(sum.depth, inner.depth + (isField ? 1 : 0))
    }
    return sum
  }
  const total = { ...NOTHING }
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue
    const size = of(node.selectionSet)
    for (const what of Object.keys(total) as (keyof Size)[]) total[what] = Math.max(total[what], size[what])
  }
  return total
}
