import { translated } from '../language/translated.ts'

export const english = {
  time: 'Time',
  eventBefore: 'Event before',
  eventBeforeLabel: 'Event before (,)',
  pause: 'Pause',
  play: 'Play',
  space: (value: string | number) => `${value} (space)`,
  eventAfter: 'Event after',
  eventAfterLabel: 'Event after (.)',
  speed: 'Speed',
  moment: (moment: string | number) => `Moment, ${moment}`,
  lengthOfTheBar: 'Length of the bar',
  live: 'Live',
  closeTheTimeBar: 'Close the time bar',
  close: 'Close',
  noHistoryYetItBegins: 'No history yet: it begins with the first frame of a plugin.',
  historyCouldNotBeLoaded: (fault: string) => `History could not be loaded: ${fault}`,
  liveAgain: 'Live again.',
  noEventBefore: 'No event before.',
  noEventAfter: 'No event after.',
  theEventCouldNotBe: 'The event could not be found',
  notLive: 'Not live',
  loading: ' · loading…',
  backToLive: 'Back to live',
}

export const texts = translated(english, import.meta.glob('./time-bar.messages.*.ts'))
