import { translated } from '../language/translated.ts'

export const english = {
  dashboard: 'Dashboard',
}

export const texts = translated(english, import.meta.glob('./window-page.messages.*.ts'))
