/** Which files a file imports, by paths. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

/**
 * The sets of files that import each other, directly or by way of others: strongly connected components, by Tarjan's
 * algorithm. Each sorted, in the order of their first files.
 */
export function cyclesOf(graph: ImportGraph): string[][] {
  const found: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()

  function visit(file: string): void {
    index.set(file, index.size)
    low.set(file, index.get(file)!)
    stack.push(file)
    onStack.add(file)
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue
      if (!index.has(next)) visit(next)
      if (onStack.has(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!))
    }
    if (low.get(file) !== index.get(file)) return
    const component = stack.splice(stack.indexOf(file))
    for (const one of component) onStack.delete(one)
    const importsItself = component.length === 1 && (graph.get(file) ?? []).includes(file)
    if (component.length > 1 || importsItself) found.push(component.sort())
  }

  for (const file of graph.keys()) if (!index.has(file)) visit(file)
  return found.sort((a, b) => a[0]!.localeCompare(b[0]!))
}
