import { translated } from '../language/translated.ts'

export const english = {
  markNames: { rares: 'Rares', deaths: 'Deaths' },
  found: (name: string, name2: string | number) => `${name} found ${name2}`,
  somebody: 'Somebody',
  died: (name: string) => `${name} died`,
  diedTo: (name: string, cause: string) => `${name} died to ${cause}`,
}

export const texts = translated(english, import.meta.glob('./event-marks.messages.*.ts'))
