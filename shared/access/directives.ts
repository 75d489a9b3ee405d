import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildASTSchema,
  getDirectiveValues,
  parse,
  Source,
  type ConstDirectiveNode,
  type DocumentNode,
  type Location,
} from 'graphql'

const FILE = 'shared/access/directives.graphql'

/** The definitions every subgraph appends to its own schema. */
export const directivesSdl = readFileSync(join(import.meta.dirname, 'directives.graphql'), 'utf8')

/** The same as a document; its nodes know which file they are of. */
export const directivesDocument: DocumentNode = parse(new Source(directivesSdl, FILE))

const definitions = buildASTSchema(directivesDocument, { assumeValidSDL: true })

/**
 * Arguments of a directive of ours as they were given, defaults filled in; null where it was not applied.
 * @throws where they do not fit its definition
 */
export function argumentsOf(
  name: string,
  node: { readonly directives?: readonly ConstDirectiveNode[]; readonly loc?: Location },
): Record<string, unknown> | null {
  const definition = definitions.getDirective(name)
  if (!definition) throw new Error(`${FILE} has no @${name}`)
  try {
    return getDirectiveValues(definition, node) ?? null
  } catch (error) {
    const where = node.loc ? ` in ${node.loc.source.name}` : ''
    throw new Error(`@${name} is wrong${where}: ${(error as Error).message}`, { cause: error })
  }
}
