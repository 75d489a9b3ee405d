// Joins the subgraphs' schemas into the supergraph, offline. Run by `npm run codegen`; the results are kept in git
// so that a review shows what a change does to the public graph. `--check` only compares.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeServices } from '@theguild/federation-composition'
import { buildSchema, GraphQLSchema, isSpecifiedDirective, lexicographicSortSchema, printSchema } from 'graphql'
import { subgraphs } from '../rooms.ts'
import { accessTable } from '../shared/access/access-table.ts'
import { readDeclarations } from '../shared/access/declarations.ts'
import { readSchemaDocument } from '../shared/serve/schema-files.ts'

/**
 * The supergraph, the public schema, and the table of who may use what. Throws with every fault of access in a
 * subgraph, or of composition, at once.
 */
export async function compose(root: string): Promise<{ supergraph: string; api: string; access: string }> {
  const services = subgraphs.map(({ name, folder }) => ({
    name,
    url: `http://${name}.invalid/graphql`, // the gateway's settings say where it really is
    typeDefs: readSchemaDocument(join(root, folder)),
  }))
  const access = accessTable(services.map(({ name, typeDefs }) => ({ name, declared: readDeclarations(typeDefs) })))
  const result = composeServices(services)
  if (!result.supergraphSdl) {
    throw new Error(`The subgraphs do not fit together:\n${result.errors?.map((e) => `  ${e.message}`).join('\n')}`)
  }
  const api = printSchema(lexicographicSortSchema(withoutDirectives(result.publicSdl)))
  return { supergraph: `${result.supergraphSdl.trim()}\n`, api: `${api}\n`, access }
}

/** Directives of ours are for subgraphs and the gateway; clients have no use for them. */
function withoutDirectives(sdl: string): GraphQLSchema {
  const config = buildSchema(sdl, { assumeValidSDL: true }).toConfig()
  return new GraphQLSchema({ ...config, directives: config.directives.filter(isSpecifiedDirective) })
}

async function main(root: string, check: boolean): Promise<void> {
  const { supergraph, api, access } = await compose(root)
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
