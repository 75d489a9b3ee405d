import { translated } from '../language/translated.ts'
import { plural } from '../language/plural.ts'

export const english = {
  selectedCharacters: 'Selected characters',
  selected: (count: number) => plural(count, { one: '1 selected', other: `${count} selected` }),
  commandsNeedTheLivePage: 'Commands need the live page',
  command: 'Command…',
  openAWindowOfThe: (maxWindows: number) => `Open a window of the first ${maxWindows}`,
  openAWindowOfEach: 'Open a window of each',
  openOfEach: 'Open of each…',
  filter: 'Filter',
  theNames: 'The names',
  copyNames: 'Copy names',
  selectNobody: 'Select nobody',
}

export const texts = translated(english, import.meta.glob('./selection-bar.messages.*.ts'))
