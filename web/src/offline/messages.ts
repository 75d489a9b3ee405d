import { translated } from '../language/translated.ts'

export const english = {
  aNewVersionIsReady: 'A new version is ready',
  clickToLoadItWhat: 'Click to load it. What you look at is in the address.',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
