import { translated } from '../language/translated.ts'

export const english = {
  fights: (fights: string | number) => `Fights ${fights}`,
  killsAnHour: (killsPerHour: string) => `${killsPerHour} kills/h`,
  ago: (ageMs: string) => `${ageMs} ago`,
  neverHeard: 'never heard',
}

export const texts = translated(english, import.meta.glob('./dot-card.messages.*.ts'))
