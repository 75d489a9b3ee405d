import { buildSubgraphSchema } from '@apollo/subgraph'
import type { GraphQLSchema } from 'graphql'
import { readDeclarations } from '../access/declarations.ts'
import { enforce, type MutationWrapper } from '../access/enforce.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { StreamPhase } from '../pubsub/row-versions.ts'
import type { ReadBudget } from '../read-budget.ts'
import { withNullableBorders } from './nullable-borders.ts'
import { readSchemaDocument } from './schema-files.ts'

/** A subgraph as its host sees it: served over HTTP on a port of its own, or called in-process by the gateway. */
export interface Subgraph extends AsyncDisposable {
  name: string
  schema: GraphQLSchema
  /**
   * What its resolvers get for one operation of this viewer. `budget` counts what an answer reads while it is built.
   */
  contextFor(viewer: Viewer, phase: StreamPhase, budget?: ReadBudget): object
  waitsFor(): Promise<string | null>
}

type ResolverMap = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']>

/**
 * The schema of a subgraph: every schema.graphql below its folder with its resolvers, and around them what the schema
 * declares of access.
 * @param wrapMutation what each mutation is put into, refusals included
 * @throws where a field does not declare its access
 */
export function subgraphSchema<C>(folder: string, resolvers: object, wrapMutation?: MutationWrapper<C>): GraphQLSchema {
  const declared = readDeclarations(readSchemaDocument(folder))
  const typeDefs = readSchemaDocument(folder, { noLocation: true })
  const schema = buildSubgraphSchema({
    typeDefs: withNullableBorders(typeDefs),
    resolvers: resolvers as ResolverMap,
  })
  enforce(schema, declared, wrapMutation as MutationWrapper | undefined, typeDefs)
  return schema
}
