import { translated } from '../language/translated.ts'

export const english = {
  found: (name: string, name2: string | number) => `${name} found ${name2}`,
  showOnTheMap: 'Show on the map',
  names: { GREAT: 'Great', COMMON: 'Common', UNKNOWN: 'Unknown' },
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
