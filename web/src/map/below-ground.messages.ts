import { translated } from '../language/translated.ts'

export const english = {
  belowGround: 'Below ground',
}

export const texts = translated(english, import.meta.glob('./below-ground.messages.*.ts'))
