// Refuses import cycles, and imports against rooms.ts in files that the lint does not read or that disable it.
//   node --import tsx scripts/rooms/check-imports.ts
import { cyclesOf } from './cycles.ts'
import { importGraph, importsBelow } from './import-graph.ts'
import { notCovered, refusalOf, refusalOfPackage, roomOf } from './law.ts'

/** Everything that is wrong with the imports of a tree, one line each. */
export function importFaults(root: string): string[] {
  const imports = importsBelow(root)
  const graph = importGraph(imports)
  // Types made from a schema name those of the code that uses them: a circle of types alone, which nobody writes.
  const written = [...graph].filter(([file]) => !/(^|\/)generated\//.test(file))
  const cycles = cyclesOf(new Map(written))
  return [
    ...[...graph.keys()].filter((file) => !roomOf(file)).map(notCovered),
    ...[...graph].flatMap(([file, targets]) => targets.flatMap((target) => refusalOf(file, target) ?? [])),
    ...[...imports].flatMap(([file, specifiers]) =>
      specifiers.flatMap((one) => (one.startsWith('.') ? [] : (refusalOfPackage(file, one) ?? []))),
    ),
    ...cycles.map((cycle) => `These files import each other; move what they share below them: ${cycle.join(', ')}`),
  ]
}

if (process.argv[1]?.endsWith('check-imports.ts')) {
  const faults = [...new Set(importFaults(process.cwd()))]
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length ? 1 : 0
}
