import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'
import type { Viewer } from '../auth/viewer.ts'
import type { Part } from '../pubsub/marks.ts'

/** A subgraph as its host sees it: served over HTTP on a port of its own, or called in-process by the gateway. */
export interface Subgraph extends AsyncDisposable {
  name: string
  schema: GraphQLSchema
  /** What its resolvers get for one operation of this viewer. */
  contextFor(viewer: Viewer, part: Part): object
  waitsFor(): Promise<string | null>
}

type ResolverMap = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']>

/** The schema of a room: every schema.graphql below its folder, with its resolvers. */
export function subgraphSchema(folder: string, resolvers: object): GraphQLSchema {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('schema.graphql'),
  )
  const sdl = files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  return buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as ResolverMap })
}
