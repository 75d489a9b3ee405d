import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

export const english = {
  from: 'From',
  to: 'To',
  upToTheMomentThat: 'Up to the moment that is shown',
  theLast: (name: string) => `The last ${name}`,
  showOnTheMap: 'Show on the map',
  hideThem: 'Hide them',
  theLayerIsOff: 'The layer is off.',
  asking: 'Asking…',
  trails: (count: number) => plural(count, { one: 'trail', other: 'trails' }),
  lastHour: '1 h',
  lastSixHours: '6 h',
  lastDay: '24 h',
  lastWeek: '7 days',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
