import { translated } from '../../language/translated.ts'

export const english = {
  findAFighter: 'Find a fighter',
  thisMayBeOld: (fault: string) => `This may be old: ${fault}`,
  moreCharactersHaveFoughtAnd: (left: string) => `${left} more characters have fought and are not listed.`,
  noFightHasBeenReported: 'No fight has been reported yet.',
  noFightersNameContains: (text: string) => `No fighter’s name contains “${text}”.`,
  fighters: 'Fighters',
  kills: (kills: string) => `${kills} kills`,
  openTheCombatOf: (name: string) => `Open the combat of ${name}`,
  open: 'Open',
  fightsOf: (name: string) => `Fights of ${name}`,
  dmg: (damageGiven: string) => `${damageGiven} dmg`,
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
