import { translated } from '../language/translated.ts'

export const english = {
  eventKindNames: {
    DEATH: 'Deaths',
    ALERT: 'Alerts',
    RARE: 'Rares',
    LEVEL: 'Levels',
    QUEST_COMPLETED: 'Quests',
    SERVER_DOWN: 'Server down',
    SERVER_UP: 'Server up',
    CHARACTER_LEFT: 'Left',
    CHARACTER_ARRIVED: 'Arrived',
    INVENTORY: 'Inventory',
    COMMAND: 'Commands',
    PLUGIN_CONNECTED: 'Plugin connected',
    PLUGIN_DISCONNECTED: 'Plugin disconnected',
    IDLE_ENDED: 'Active again',
  },
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
