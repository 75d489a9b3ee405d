import { pointsText } from './gap-series.ts'
import type { Gain } from './suit.ts'
import { texts } from './messages.ts'

/** What is sure of a gain, as a sentence. */
export function gainText({ gain, atMost, status }: Gain): string {
  if (status === 'INFEASIBLE') return texts.evenWithItNoSuit
  if (gain === null) return texts.nothingWasFoundInTime
  const isSure = atMost !== null && atMost <= gain
  if (gain === 0) return isSure ? texts.provedNoSuitWithIt : texts.nothingBetterWasFoundWith
  if (isSure) return texts.provedNoSuitWithItGains
  return atMost === null ? texts.perhapsMoreTimeWasUp : texts.perhapsMoreAtMostTime(pointsText(atMost))
}
