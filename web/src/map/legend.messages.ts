import { translated } from '../language/translated.ts'

export const english = {
  legend: 'Legend',
  silent: 'silent',
  andMore: (more: string | number) => `and ${more} more`,
}

export const texts = translated(english, import.meta.glob('./legend.messages.*.ts'))
