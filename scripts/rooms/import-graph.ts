import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { ImportGraph } from './cycles.ts'

const CODE = /\.([cm]?[jt]sx?|vue)$/
const NOT_OURS = new Set(['node_modules', 'dist', 'data', '.git'])

/** Every file with code below a folder, from there, `/` between names; `generated` folders included. */
export function codeFiles(root: string, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : codeFiles(root, file)
    return CODE.test(entry.name) ? [file] : []
  })
}

/** What the text of a file imports, statically or not, types included. */
export function importsOf(file: string, text: string): string[] {
  const scripts = file.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, one]) => one!)
    : [text]
  return scripts.flatMap((script) =>
    ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName),
  )
}

/** The files below a folder, with those of them that each imports. */
export function importGraph(root: string): ImportGraph {
  const files = codeFiles(root)
  const known = new Set(files)
  return new Map(
    files.map((file) => {
      const targets = importsOf(file, readFileSync(path.join(root, file), 'utf8'))
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier.split('?')[0]!)))
        .map((target) => [target, `${target}.ts`].find((one) => known.has(one)))
      return [file, [...new Set(targets.filter((target) => target !== undefined))]]
    }),
  )
}
