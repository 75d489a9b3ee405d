import { translated } from '../language/translated.ts'

export const english = {
  silentFor: (ageMs: string) => `silent for ${ageMs}`,
  neverHeard: 'never heard',
  vitae: (vitae: number) => `vitae ${vitae} %`,
  noPlaceReportedYet: 'no place reported yet',
  belowGround: 'below ground',
  health: 'Health',
  stamina: 'Stamina',
  mana: 'Mana',
}

export const texts = translated(english, import.meta.glob('./character-vitals.messages.*.ts'))
