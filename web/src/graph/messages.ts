import { translated } from '../language/translated.ts'

export const english = {
  theServerCouldNotBe: 'The server could not be reached.',
  theServerAnsweredWithStatus: (status: string | number) =>
    `The server answered with status ${status}. Try again in a moment.`,
  whatTheServerAnsweredCould: 'What the server answered could not be read. Try again in a moment.',
  theServerClosedTheConnection: 'The server closed the connection.',
  somethingWentWrong: 'Something went wrong.',
  trace: (text: string, trace: string | number) => `${text} (trace ${trace})`,
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
