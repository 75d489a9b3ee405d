import { translated } from '../../language/translated.ts'

export const english = {
  thisMayBeOld: (fault: string) => `This may be old: ${fault}`,
  noPluginSharesVitalsNow:
    'No plugin shares vitals now. Turn sharing on in the plugins of a group to see each other here.',
  charactersThatShare: 'Characters that share',
  notConnected: 'not connected',
  shared: (lastShareAt: string) => `shared ${lastShareAt}`,
  sharedNothingYet: 'shared nothing yet',
  health: 'Health',
  stamina: 'Stamina',
  mana: 'Mana',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
