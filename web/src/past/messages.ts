import { translated } from '../language/translated.ts'

export const english = {
  moment: 'Moment',
  deaths: 'deaths',
  rares: 'rares',
  alerts: 'alerts',
  all: 'All',
  hour: '1 hour',
  sixHours: '6 hours',
  day: '24 hours',
  week: '7 days',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
