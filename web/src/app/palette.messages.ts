import { translated } from '../language/translated.ts'

export const english = {
  search: 'Search',
  charactersTownsCoordinatesItemsQuests: 'Characters, towns, coordinates, items, quests, portals, windows and commands',
  aCharacterATown42: 'A character, a town, 42.1N 33.6E, an item, a command…',
  found: 'Found',
  itemsQuestsAndPortalsAre: (fault: string) => `Items, quests and portals are left out: ${fault}`,
  nothingIsCalledThat: 'Nothing is called that.',
  notLive: 'not live',
  goTo: (place: string) => `Go to ${place}`,
  town: (town: string) => `town · ${town}`,
  unnamedItem: 'Unnamed item',
  itemOf: (name: string) => `item of ${name}`,
  unnamedPortal: 'Unnamed portal',
  portal: (place: string) => `portal · ${place}`,
  coordinates: 'coordinates',
  quest: 'quest',
  scopes: { map: 'map', window: 'window', look: 'look', help: 'help' },
}

export const texts = translated(english, import.meta.glob('./palette.messages.*.ts'))
