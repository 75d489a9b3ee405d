import type { Endpoint } from './endpoint.ts'

/** The endpoints of one address, and the parts of it that stood in braces. */
export interface Route {
  endpoints: readonly Endpoint[]
  parts: Record<string, string>
}

/** Finds the endpoints of a path; null when it is none of ours, or no text. */
export function router(table: readonly Endpoint[]): (path: string) => Route | null {
  const byPath = new Map<string, Endpoint[]>()
  for (const entry of table) byPath.set(entry.path, [...(byPath.get(entry.path) ?? []), entry])
  const patterns = [...byPath].map(([path, endpoints]) => ({ segments: path.split('/'), endpoints }))
  return (path) => {
    const given = path.split('/')
    for (const { segments, endpoints } of patterns) {
      const parts = match(segments, given)
      if (parts) return { endpoints, parts }
    }
    return null
  }
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | null {
  if (segments.length !== given.length) return null
  const parts: Record<string, string> = {}
  for (const [i, segment] of segments.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    if (name === undefined) {
      if (segment !== given[i]) return null
      continue
    }
    try {
      parts[name] = decodeURIComponent(given[i]!)
    } catch {
      return null // no text
    }
    if (parts[name] === '') return null
  }
  return parts
}
