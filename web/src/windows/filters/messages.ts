import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

export const english = {
  newFilter: 'New filter',
  liveTagMulesStateIdle: 'live tag:mules state:idle health:<50',
  add: 'Add',
  charactersThatNoFilterFound: 'Characters that no filter found',
  filters: 'Filters',
  use: (text: string) => `Use ${text}`,
  colourOfChangeIt: (text: string, colourName: string) => `Colour of ${text}: ${colourName}. Change it`,
  pressForTheNextColour: (colourName: string) => `${colourName}: press for the next colour`,
  wordsOfThisFilter: 'Words of this filter',
  remove: (text: string) => `Remove ${text}`,
  removeLabel: 'Remove',
  openInThePlayground: (text: string) => `Open ${text} in the playground`,
  playground: 'Playground',
  wordsNarrow: 'Words narrow:',
  mapUnits: '(map units),',
  orTravellingIdleDead: '(or travelling, idle, dead),',
  anHourAnythingElseIs:
    '(an hour); anything else is looked for in names. The first filter that fits gives the colour. Each is the',
  of: 'of',
  inTheGraph: 'in the graph.',
  fadeTheOthers: 'Fade the others',
  hideTheOthers: 'Hide the others',
  leaveThem: 'Leave them',
  mine: 'Mine',
  favourites: 'Favourites',
  live: 'Live',
  characters: (count: number, shown: string) => plural(count, { one: '1 character', other: `${shown} characters` }),
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
