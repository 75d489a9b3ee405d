import { translated } from '../language/translated.ts'

export const english = {
  showThisMoment: (what: string | number) => `Show this moment: ${what}`,
  showThisMomentLabel: 'Show this moment',
  showsNowThisWindowHas: 'Shows now: this window has no history.',
}

export const texts = translated(english, import.meta.glob('./moment.messages.*.ts'))
