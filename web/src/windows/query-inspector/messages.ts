import { translated } from '../../language/translated.ts'

export const english = {
  sentBy: 'Sent by',
  everythingThisPageSent: 'Everything this page sent',
  theMapAndWhatWindows: 'The map and what windows share',
  thisWindowHasSentNothing: 'This window has sent nothing. Open it, and what it asks for appears here.',
  operations: 'Operations',
  events: (answers: string) => `· ${answers} events`,
  ms: (ms: string) => `· ${ms} ms`,
  sentTimes: (times: string) => `· sent ${times} times`,
  failed: '· failed',
  theQuery: (name: string) => `The query ${name}`,
  copyQuery: 'Copy query',
  variablesOf: (name: string) => `Variables of ${name}`,
  copyVariables: 'Copy variables',
  openInPlayground: 'Open in playground',
  textOf: (name: string) => `Text of ${name}`,
  variablesSentLast: 'Variables sent last',
  variablesOfMutationsAreNot: 'Variables of mutations are not kept: they may be secret.',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
