import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { ImportGraph } from './cycles.ts'

const CODE = /\.([cm]?[jt]sx?|vue)$/
/** Folders at the root that hold no code of ours; deeper ones of these names do. */
const NOT_OURS = new Set(['dist', 'data', '.git'])

/** Schemas and documents, except generated ones. Paths as those of `codeFiles`. */
export const graphqlFiles = (root: string): string[] =>
  filesBelow(root, (name) => name.endsWith('.graphql')).filter((file) => !/(^|\/)generated\//.test(file))

/** Every file with code below a folder, from there, `/` between names; `generated` folders included. */
export const codeFiles = (root: string): string[] => filesBelow(root, (name) => CODE.test(name))

function filesBelow(root: string, isWanted: (name: string) => boolean, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory())
      return NOT_OURS.has(file) || entry.name === 'node_modules' ? [] : filesBelow(root, isWanted, file)
    return isWanted(entry.name) ? [file] : []
  })
}

/** What the text of a file imports, statically or not, types included. */
export function importsOf(file: string, text: string): string[] {
  const isPage = file.endsWith('.vue')
  const scripts = isPage ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, one]) => one!) : [text]
  const sources = isPage ? [...text.matchAll(/<script[^>]*\ssrc=["']([^"']+)["']/g)].map(([, one]) => one!) : []
  return [
    ...sources,
    ...scripts.flatMap((script) => ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName)),
  ]
}

/** What each file below a folder imports, as it is written there. */
export const importsBelow = (root: string): ReadonlyMap<string, readonly string[]> =>
  new Map(codeFiles(root).map((file) => [file, importsOf(file, readFileSync(path.join(root, file), 'utf8'))]))

/** How a file may be written in an import: with its ending, with that of what is built from it, or without. */
const spellings = (target: string) => [
  target,
  `${target}.ts`,
  target.replace(/\.([cm]?)jsx?$/, '.$1ts'),
  target.replace(/\.jsx$/, '.tsx'),
  `${target}/index.ts`,
]

/** The files below a folder, with those of them that each imports. */
export function importGraph(imports: ReadonlyMap<string, readonly string[]>): ImportGraph {
  return new Map(
    [...imports].map(([file, specifiers]) => {
      const targets = specifiers
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier.split('?')[0]!)))
        .map((target) => spellings(target).find((one) => imports.has(one)))
      return [file, [...new Set(targets.filter((target) => target !== undefined))]]
    }),
  )
}
