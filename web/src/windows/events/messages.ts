import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

const countItems = (count: number) => `${count} ${plural(count, { one: 'item', other: 'items' })}`

export const english = {
  showOnTheMap: (name: string) => `Show ${name} on the map`,
  new: 'New',
  kind: 'Kind',
  notableEvents: 'Notable events',
  allEvents: 'All events',
  character: 'Character',
  allCharacters: 'All characters',
  newEventsDoNotArrive: (liveFault: string) => `New events do not arrive: ${liveFault}`,
  nothingHasHappenedYetEvents: 'Nothing has happened yet. Events appear here by themselves.',
  noEventFitsTheseFilters: 'No event fits these filters.',
  events: 'Events',
  sinceYouWereAway: (unread: string | number) => `${unread} since you were away`,
  whenYouLeft: 'when you left',
  found: (name: string) => `found ${name}`,
  reachedLevelFrom: (level: string | number, previousLevel: string | number) =>
    `reached level ${level}, from ${previousLevel}`,
  completed: (questName: string) => `completed ${questName}`,
  notAnswered: 'not answered',
  wasSentBy: (command: string, actor: string, outcome: string) => `was sent ${command} by ${actor}: ${outcome}`,
  hasAnEventThatIs: 'has an event that is not kept any more',
  plainEvents: {
    CHARACTER_ARRIVED: 'began to play',
    CHARACTER_LEFT: 'fell silent',
    IDLE_ENDED: 'is active again',
    PLUGIN_CONNECTED: 'has a plugin connected',
    PLUGIN_DISCONNECTED: 'has no plugin connected any more',
    SERVER_DOWN: 'The game server does not answer.',
    SERVER_UP: 'The game server answers again.',
  },
  got: (items: number) => `got ${countItems(items)}`,
  lost: (items: number) => `lost ${countItems(items)}`,
  gotAndLost: (got: number, lost: number) => `got ${countItems(got)} and lost ${countItems(lost)}`,
  changedItsInventory: 'changed its inventory',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
