import { translated } from '../../language/translated.ts'

export const english = {
  questsByCharacter: 'Quests by character',
  quest: 'Quest',
  findAQuest: 'Find a quest',
  character: 'Character',
  allCharacters: 'All characters',
  readyOnly: 'Ready only',
  view: 'View',
  thisMayBeOld: (fault: string) => `This may be old: ${fault}`,
  noQuestHasBeenReported: 'No quest has been reported yet. Plugins send the timers of a character at login.',
  noQuestFitsTheseFilters: 'No quest fits these filters.',
  quests: 'Quests',
  readyOf: (readyCount: string, cellCount: string) => `${readyCount} ready of ${cellCount}`,
  readyFirst: 'Ready first',
  table: 'Table',
  hMin: (left: number, left2: string | number) => `${left} h ${left2} min`,
  dH: (left: number, left2: string | number) => `${left} d ${left2} h`,
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
