import { pointsText } from './gap-series.ts'
import type { Gain } from './suit.ts'

/** What is sure of a gain, as a sentence. */
export function gainText({ gain, atMost, status }: Gain): string {
  if (status === 'INFEASIBLE') return 'Even with it no suit meets all wishes.'
  if (gain === null) return 'Nothing was found in time.'
  const isSure = atMost !== null && atMost <= gain
  if (gain === 0) return isSure ? 'Proved: no suit with it is better.' : 'Nothing better was found with it in time.'
  if (isSure) return 'Proved: no suit with it gains more.'
  return atMost === null ? 'Perhaps more: time was up.' : `Perhaps more, ${pointsText(atMost)} at most: time was up.`
}
