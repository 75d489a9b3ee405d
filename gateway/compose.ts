// Joins the subgraphs' schemas into the supergraph, offline. Run by `npm run codegen`; the results are kept in git
// so that a review shows what a change does to the public graph. `--check` only compares.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeServices } from '@theguild/federation-composition'
import { buildSchema, GraphQLSchema, isSpecifiedDirective, lexicographicSortSchema, printSchema } from 'graphql'
import { subgraphs } from '../rooms.ts'
import { accessTable } from '../shared/access/access-table.ts'
import { readDeclarations, type Declarations } from '../shared/access/declarations.ts'
import { checkSharedEntities, withNullableBorders } from '../shared/serve/nullable-borders.ts'
import { readSchemaDocument } from '../shared/serve/schema-files.ts'

/** What is composed of the subgraphs' schemas. */
export interface Composed {
  supergraph: string
  /** The public schema. */
  api: string
  /** The same as our own clients read it, which take an answer without a field they asked for as none. */
  client: string
  /** The table of who may use what. */
  access: string
  /** TypeScript with the fields that not every viewer may use, for a client that shows the schema. */
  restricted: string
}

/** Composes the graph. Throws with every fault of access in a subgraph, or of composition, at once. */
export async function compose(root: string): Promise<Composed> {
  const services = subgraphs.map(({ name, folder }) => ({
    name,
    url: `http://${name}.invalid/graphql`, // the gateway's settings say where it really is
    typeDefs: readSchemaDocument(join(root, folder)),
  }))
  const declared = services.map(({ name, typeDefs }) => ({ name, declared: readDeclarations(typeDefs) }))
  const access = accessTable(declared)
  const restricted = restrictedFields(declared.map(({ declared }) => declared))
  checkSharedEntities(services.map(({ typeDefs }) => typeDefs))
  const nullable = services.map((service) => ({ ...service, typeDefs: withNullableBorders(service.typeDefs) }))
  const { supergraph, api } = composed(nullable)
  return { supergraph, api, client: composed(services).api, access, restricted }
}

/** The fields above the role of a viewer, those that tokens may not use, and those of the assistant alone. */
function restrictedFields(declared: readonly Declarations[]): string {
  const found: Record<string, { role: string; noTokens: boolean; noPeople: boolean }> = {}
  for (const types of declared)
    for (const [type, fields] of types)
      for (const [field, { role, person, agentOnly, publicOnly }] of fields)
        if (role !== 'viewer' || person !== null || agentOnly || publicOnly)
          found[`${type}.${field}`] = {
            role: role.toUpperCase(),
            noTokens: person !== null,
            noPeople: agentOnly || publicOnly === true,
          }
  const type = '{ role: string; noTokens: boolean; noPeople: boolean }'
  return `export const restrictedFields: Readonly<Record<string, ${type}>> = ${JSON.stringify(found, null, 2)}\n`
}

function composed(services: Parameters<typeof composeServices>[0]): { supergraph: string; api: string } {
  const { supergraphSdl, publicSdl, errors } = composeServices(services)
  if (!supergraphSdl)
    throw new Error(`The subgraphs do not fit together:\n${errors?.map((e) => `  ${e.message}`).join('\n')}`)
  const api = printSchema(lexicographicSortSchema(withoutDirectives(publicSdl)))
  return { supergraph: `${supergraphSdl.trim()}\n`, api: `${api}\n` }
}

/** Directives of ours are for subgraphs and the gateway; clients have no use for them. */
function withoutDirectives(sdl: string): GraphQLSchema {
  const config = buildSchema(sdl, { assumeValidSDL: true }).toConfig()
  return new GraphQLSchema({ ...config, directives: config.directives.filter(isSpecifiedDirective) })
}

async function main(root: string, check: boolean): Promise<void> {
  const { supergraph, api, client, access, restricted } = await compose(root)
  if (!check) {
    await mkdir(join(root, 'gateway', 'generated'), { recursive: true })
    await writeFile(join(root, 'gateway', 'generated', 'client-api.graphql'), client)
    await mkdir(join(root, 'agent', 'graph', 'generated'), { recursive: true })
    await writeFile(join(root, 'agent', 'graph', 'generated', 'restricted-fields.ts'), restricted)
  }
  for (const [file, text] of [
    ['gateway/supergraph.graphql', supergraph],
    ['gateway/api.graphql', api],
    ['docs/access.md', access],
  ] as const) {
    const path = join(root, file)
    const now = await readFile(path, 'utf8').catch(() => '')
    if (now === text) continue
    if (check) throw new Error(`${file} is not what the subgraphs compose to. Run npm run codegen and commit it.`)
    await writeFile(path, text)
  }
}

if (process.argv[1]?.endsWith('compose.ts')) await main(process.cwd(), process.argv.includes('--check'))
