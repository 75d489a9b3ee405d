import { translated } from '../language/translated.ts'
import { plural } from '../language/plural.ts'

export const english = {
  sendACommandTo: (who: string | number) => `Send a command to ${who}`,
  theGameClientsOfThese: (leftCount: number, who: string | number) =>
    plural(leftCount, { one: `The game client of ${who} runs`, other: 'The game clients of these characters run' }) +
    ' it as if it was typed there. It is stored in the audit.',
  whoGetsIt: 'Who gets it',
  command: 'Command',
  radarStart: '/radar start',
  cancel: 'Cancel',
  sendTo: (leftCount: number) => plural(leftCount, { one: 'Send', other: `Send to ${leftCount}` }),
  characters: (leftCount: number) => `${leftCount} characters`,
  refusals: {
    NOT_ALLOWED: 'You may not send commands. Ask an admin for the role of an operator.',
    NOT_CONNECTED: 'No plugin of this character is connected now.',
    TIMED_OUT: 'The plugin of this character does not accept what it is sent.',
  },
  enterACommand: 'Enter a command.',
  sentToCharacters: (sent: number, to: string | number) =>
    plural(sent, { one: `Sent to ${to}`, other: `Sent to ${sent} characters` }),
  whatTheGameSaysTo: (text: string) => `${text} – what the game says to it is in the chat.`,
  ofDidNotGetIt: (failedCount: number, toCount: number) => `${failedCount} of ${toCount} did not get it.`,
}

export const texts = translated(english, import.meta.glob('./command-dialog.messages.*.ts'))
