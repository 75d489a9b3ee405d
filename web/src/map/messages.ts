import { translated } from '../language/translated.ts'
import { plural } from '../language/plural.ts'

export const english = {
  map: 'map',
  mapOfDereth: 'Map of Dereth',
  arrowKeysSelectTheNext:
    'Arrow keys select the next dot, Page Up and Page Down the next name, Enter goes there and follows, ' +
    'Shift and arrow keys pan, plus and minus zoom, the menu key opens a menu, Escape lets go.',
  colouringNames: { state: 'State', health: 'Health', kills: 'Kills per hour', tag: 'Tag', owner: 'Owner' },
  health: (health: number) => `, health ${health} %`,
  belowGround: 'below ground',
  km: (metres: string | number) => `${metres} km`,
  m: (metres: string | number) => `${metres} m`,
  units: (units: number) => plural(units, { one: 'unit', other: 'units' }),
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
