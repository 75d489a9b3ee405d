// Joins the subgraphs' schemas into the supergraph, offline. Run by `npm run codegen`; both results are kept in git
// so that a review shows what a change does to the public graph. `--check` only compares.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeServices } from '@theguild/federation-composition'
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql'
import { subgraphs } from '../rooms.ts'

/** All schema.graphql files below a subgraph's folder as one text, the folder's own first. */
export async function readSubgraphSdl(root: string, name: string): Promise<string> {
  const folder = join(root, 'subgraphs', name)
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('schema.graphql'))
  files.sort((a, b) => a.split(/[\\/]/).length - b.split(/[\\/]/).length || a.localeCompare(b))
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n')
}

/** The supergraph and the public schema. Throws with every composition fault at once. */
export async function compose(root: string): Promise<{ supergraph: string; api: string }> {
  const services = await Promise.all(
    subgraphs.map(async ({ name }) => ({
      name,
      url: `http://${name}.invalid/graphql`, // the gateway's settings say where it really is
      typeDefs: parse(await readSubgraphSdl(root, name)),
    })),
  )
  const result = composeServices(services)
  if (!result.supergraphSdl) {
    throw new Error(`The subgraphs do not fit together:\n${result.errors?.map((e) => `  ${e.message}`).join('\n')}`)
  }
  const api = printSchema(lexicographicSortSchema(buildSchema(result.publicSdl, { assumeValidSDL: true })))
  return { supergraph: `${result.supergraphSdl.trim()}\n`, api: `${api}\n` }
}

async function main(root: string, check: boolean): Promise<void> {
  const { supergraph, api } = await compose(root)
  for (const [file, text] of [
    ['supergraph.graphql', supergraph],
    ['api.graphql', api],
  ] as const) {
    const path = join(root, 'gateway', file)
    const now = await readFile(path, 'utf8').catch(() => '')
    if (now === text) continue
    if (check)
      throw new Error(`gateway/${file} is not what the subgraphs compose to. Run npm run codegen and commit it.`)
    await writeFile(path, text)
  }
}

if (process.argv[1]?.endsWith('compose.ts')) await main(process.cwd(), process.argv.includes('--check'))
