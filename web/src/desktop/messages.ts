import { translated } from '../language/translated.ts'

export const english = {
  arrowKeysMoveShiftAnd: (title: string) =>
    `${title}. Arrow keys move, Shift and arrow keys resize, Enter maximises, Escape closes.`,
  moveToAWindowOf: (title: string) => `Move ${title} to a window of its own`,
  popOut: 'Pop out',
  minimise: (title: string) => `Minimise ${title}`,
  minimiseLabel: 'Minimise',
  restore: (title: string) => `Restore ${title}`,
  maximise: (title: string) => `Maximise ${title}`,
  restoreLabel: 'Restore',
  maximiseLabel: 'Maximise',
  close: (title: string) => `Close ${title}`,
  closeLabel: 'Close',
  bringBackToTheMap: 'Bring back to the map',
  overlord: (title: string) => `${title} · Overlord`,
  wasClosed: (title: string) => `${title} was closed`,
  itMetAnErrorOf: 'It met an error of its own. You can open it again.',
  theBrowserBlockedTheNew: 'The browser blocked the new window',
  allowPopUpsForThis: 'Allow pop-ups for this page, then try again.',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
