import type { TimelineEventsQuery } from './timeline.query.gen.ts'
import { texts } from './messages.ts'

export type TimelineEvent = NonNullable<TimelineEventsQuery['guildEvents']>['nodes'][number]

/** What happened, without the name of the character. */
export function wordsOf({ kind, character, detail }: TimelineEvent): string {
  if (detail?.__typename === 'Rare') return texts.found(detail.name)
  if (detail?.__typename !== 'Alert') return kind === 'DEATH' ? texts.died : texts.raisedAnAlert
  const name = `${character?.name ?? ''} `
  return detail.text.startsWith(name) ? detail.text.slice(name.length) : detail.text
}

/** The last event that is not after the moment, of events that are listed newest first; null before all of them. */
export const eventAt = (events: readonly TimelineEvent[], moment: number): string | null =>
  events.find(({ receivedAt }) => Date.parse(receivedAt) <= moment)?.id ?? null
