/** The part of an event that may say where it happened. */
interface Detail {
  __typename?: string
  ew?: number | null
  ns?: number | null
}

/** Where an event happened, if it says so: rares and alerts do. */
export function placeOf<D extends Detail>({ detail }: { detail: D | null }): { ew: number; ns: number } | null {
  if (detail?.__typename !== 'Rare' && detail?.__typename !== 'Alert') return null
  const { ew = null, ns = null } = detail
  return ew === null || ns === null ? null : { ew, ns }
}
