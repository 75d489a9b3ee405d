import { translated } from '../language/translated.ts'

export const english = {
  signInToSeeYour: 'Sign in to see your guild',
  yourSessionHasEndedPlease: 'Your session has ended. Please sign in again.',
  name: 'Name',
  password: 'Password',
  hideThePassword: 'Hide the password',
  showThePassword: 'Show the password',
  capsLockIsOn: 'Caps Lock is on.',
  signingIn: 'Signing in…',
  signIn: 'Sign in',
  noAccountAskTheAdministrator: 'No account? Ask the administrator of this server for one.',
  enterYourName: 'Enter your name.',
  enterYourPassword: 'Enter your password.',
  tooManyTriesYouCan: (waitS: string | number) => `Too many tries. You can try again in ${waitS} s.`,
  theServerCouldNotBeReached: 'The server could not be reached. Is it running, and are you online?',
  tooManyTriesWaitS: (waitS: string | number) => `Too many tries. Wait ${waitS} s, then try again.`,
  thatNameAndPasswordDo: 'That name and password do not fit together.',
  theServerAnsweredTryAgain: (status: string | number) => `The server answered ${status}. Try again in a moment.`,
}

export const texts = translated(english, import.meta.glob('./sign-in.messages.*.ts'))
