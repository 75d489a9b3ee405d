import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { concatAST, parse, Source, type DocumentNode } from 'graphql'
import { directivesDocument, directivesSdl } from '../access/directives.ts'

const depth = (file: string) => file.split(/[\\/]/).length

/** Every schema.graphql below a subgraph's folder, the folder's own first; paths as they stand in the repository. */
function schemaFiles(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'schema.graphql')
    .sort((a, b) => depth(a) - depth(b) || a.localeCompare(b))
    .map((file) => ({
      name: path.posix.join('subgraphs', path.basename(folder), ...file.split(path.sep)),
      text: readFileSync(path.join(folder, file), 'utf8'),
    }))
}

/** A subgraph's schema as one text: its files, then the directives that all subgraphs share. */
export const readSchemaText = (folder: string): string =>
  [...schemaFiles(folder).map(({ text }) => text), directivesSdl].join('\n')

/** The same as a document. Its nodes know their places in the files, unless `noLocation` saves the memory for that. */
export const readSchemaDocument = (folder: string, options: { noLocation?: boolean } = {}): DocumentNode =>
  concatAST([
    ...schemaFiles(folder).map(({ name, text }) => parse(new Source(text, name), options)),
    directivesDocument,
  ])
