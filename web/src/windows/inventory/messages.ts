import { translated } from '../../language/translated.ts'

export const english = {
  asItWasAt: 'As it was at',
  asOf: 'As of',
  backToNow: 'Back to now',
  showItAsItWas: 'Show it as it was at',
  cancel: 'Cancel',
  items: 'items',
  valueOfAllItemsIn: 'Value of all items, in pyreals',
  pyreals: 'pyreals',
  burden: 'Burden',
  burdenOfAllItemsIn: 'Burden of all items, in burden units, of what the character can carry',
  of: (capacity: string) => `of ${capacity}`,
  units: 'units',
  findAmongSItems: (character: string) => `Find among ${character}'s items`,
  showItAsItWasAt: 'Show it as it was at a past moment',
  asItWas: 'As it was',
  thisMayBeOld: (liveFault: string) => `This may be old: ${liveFault}`,
  thePluginReportedAnEmpty: (staleSince: string) =>
    `The plugin reported an empty inventory ${staleSince}: these are the items known before. ` +
    'It is up to date again once an item changes.',
  theFirstOfItemsItem: (maxShown: string, itemCount: string) =>
    `The first ${maxShown} of ${itemCount} items; Item Search finds the rest.`,
  loadingTheInventory: 'Loading the inventory',
  nothingIsKnownOfWhat: (character: string) => `Nothing is known of what ${character} held then.`,
  noInventoryOfHasBeen: (character: string) => `No inventory of ${character} has been received yet.`,
  partsOfTheInventory: 'Parts of the inventory',
  nothingHoldsIsCalledThat: (character: string) => `Nothing ${character} holds is called that.`,
  empty: (packName: string) => `${packName}: empty.`,
  itemsFound: 'Items found',
  itemsIn: (packName: string) => `Items in ${packName}`,
  pack: 'Pack',
  worn: 'Worn',
  packs: 'Packs',
  mana: 'Mana',
  lastsAsReceivedLast: 'lasts, as received last',
  nothingWornIsKnownTo: 'Nothing worn is known to hold mana.',
  unnamedItem: 'Unnamed item',
  manaOf: (name: string) => `Mana of ${name}`,
  item: 'Item',
  al: 'AL',
  work: 'Work',
  value: 'Value',
  burdenUnits: (burden: string) => `${burden} burden units`,
  ofPlaces: (name: string, itemCount: number, capacity: string | number) =>
    `${name}: ${itemCount} of ${capacity} places`,
  body: 'Body',
  mainPack: 'Main pack',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
