import { translated } from '../language/translated.ts'

export const english = {
  moment: 'Moment',
  deaths: 'deaths',
  rares: 'rares',
  alerts: 'alerts',
  all: 'All',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
