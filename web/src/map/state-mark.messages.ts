import { translated } from '../language/translated.ts'

export const english = {
  notHeardLately: (activity: string | number) => `${activity}, not heard lately`,
}

export const texts = translated(english, import.meta.glob('./state-mark.messages.*.ts'))
