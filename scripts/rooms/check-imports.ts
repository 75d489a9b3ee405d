// Refuses import cycles, and imports against rooms.ts in files that the lint does not read or that disable it.
//   node --import tsx scripts/rooms/check-imports.ts
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { cyclesOf } from './cycles.ts'
import { graphqlFiles, importGraph, importsBelow } from './import-graph.ts'
import { notCovered, refusalOf, refusalOfPackage, roomOf } from './law.ts'

/** Why a name that is no relative path is refused. */
const refusalOfName = (file: string, name: string) =>
  name.startsWith('#') ? `${file} imports ${name}: name the file from where it stands.` : refusalOfPackage(file, name)

/** A comment that switches the law off for a line or a file. */
const SWITCHED_OFF = /eslint-disable[\w-]*[^\n]*\brooms\/law\b/

/** Everything that is wrong with the imports of a tree, one line each. */
export function importFaults(root: string): string[] {
  const imports = importsBelow(root)
  const graph = importGraph(imports)
  // Types made from a schema name those of the code that uses them: a circle of types alone, which nobody writes.
  const written = [...graph].filter(([file]) => !/(^|\/)generated\//.test(file))
  const cycles = cyclesOf(new Map(written))
  return [
    ...[...graph.keys(), ...graphqlFiles(root)].filter((file) => !roomOf(file)).map(notCovered),
    ...[...graph.keys()]
      .filter((file) => SWITCHED_OFF.test(readFileSync(path.join(root, file), 'utf8')))
      .map((file) => `${file} switches the law of rooms off: an exception stands in rooms.ts, with its reason.`),
    ...[...graph].flatMap(([file, targets]) => targets.flatMap((target) => refusalOf(file, target) ?? [])),
    ...[...imports].flatMap(([file, specifiers]) =>
      specifiers.flatMap((one) => (one.startsWith('.') ? [] : (refusalOfName(file, one) ?? []))),
    ),
    ...cycles.map((cycle) => `These files import each other; move what they share below them: ${cycle.join(', ')}`),
  ]
}

if (process.argv[1]?.endsWith('check-imports.ts')) {
  const faults = [...new Set(importFaults(process.cwd()))]
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length ? 1 : 0
}
