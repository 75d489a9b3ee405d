import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

export const english = {
  heardBy: (listeners: string) => `Heard by ${listeners}`,
  findInChat: 'Find in chat',
  heardByLabel: 'Heard by',
  everybody: 'Everybody',
  channels: 'Channels',
  newLinesDoNotArrive: (liveFault: string) => `New lines do not arrive: ${liveFault}`,
  chat: 'Chat',
  newLines: (unseen: number) => `${unseen} new ${plural(unseen, { one: 'line', other: 'lines' })}`,
  noLineFitsTheseFilters: 'No line fits these filters.',
  nobodyHadSaidAnythingYet: 'Nobody had said anything yet.',
  nobodyHasSaidAnythingYet: 'Nobody has said anything yet.',
  say: 'Say',
  tell: 'Tell',
  fellow: 'Fellow',
  allegiance: 'Allegiance',
  general: 'General',
  trade: 'Trade',
  roleplay: 'Roleplay',
  society: 'Society',
  gameText: 'Game text',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
