import { translated } from '../language/translated.ts'

export const english = {
  activities: { hunting: 'hunting', travelling: 'travelling', idle: 'idle', dead: 'dead' },
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
