type ResolverMap = Record<string, unknown>

/** Joins resolver maps of several nouns. Two for the same field are a bug, reported at start. */
export function mergeResolvers(...maps: object[]): ResolverMap {
  const result: ResolverMap = {}
  for (const map of maps) {
    for (const [type, fields] of Object.entries(map) as [string, object][]) {
      const there = result[type] as Record<string, unknown> | undefined
      if (!there) {
        result[type] = fields.constructor === Object ? { ...fields } : fields
        continue
      }
      for (const [field, resolver] of Object.entries(fields)) {
        if (field in there) throw new Error(`${type}.${field} is answered twice`)
        there[field] = resolver
      }
    }
  }
  return result
}
