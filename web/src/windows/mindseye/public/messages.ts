import { translated } from '../../../language/translated.ts'

export const english = {
  mindsEye: "Mind's Eye",
  signIn: 'Sign in',
  look: 'Look',
  theConnectionWasLostIt: 'The connection was lost. It is being opened again.',
  world: 'World',
  noWorldIsShownYet: (delayS: string | number) => `No world is shown yet. What happens now is shown in ${delayS} s.`,
  noWorldIsShownYetLabel: 'No world is shown yet.',
  botOfflineItReconnectsBy: 'Bot offline – it reconnects by itself. This is the last it saw.',
  trace: 'Trace',
  toolTrace: 'Tool trace',
  noAssistantHasDoneAnything: 'No assistant has done anything since this page was opened.',
  steps: 'Steps',
  assistant: 'Assistant',
  step: (player: string, step: string | number, tool: string | number, outcome: string) =>
    `${player}: step ${step}, ${tool}, ${outcome}`,
  shownSLate: (delayS: string | number) => `shown ${delayS} s late`,
  placesAreMoved: 'places are moved',
  outcomes: { OK: 'ok', FAILED: 'failed', RUNNING: 'running' },
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
