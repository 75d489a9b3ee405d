import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

export const english = {
  lengthOfTheTimeline: 'Length of the timeline',
  kindsOfEvents: 'Kinds of events',
  live: 'Live',
  backToLive: 'Back to live',
  events: (eventCount: number) => plural(eventCount, { one: 'event', other: 'events' }),
  nothingOfThisKindHappened: 'Nothing of this kind happened in this stretch.',
  eventsOfTheStretch: 'Events of the stretch',
  deathsRaresAlerts: 'Deaths, rares, alerts',
  deaths: 'Deaths',
  rares: 'Rares',
  alerts: 'Alerts',
  found: (name: string) => `found ${name}`,
  raisedAnAlert: 'raised an alert',
  died: 'died',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
