import { translated } from '../language/translated.ts'

export const english = {
  thisPartOfThePage:
    'This part of the page could not be loaded. The server may be restarting, or have a newer version.',
  reloadThePage: 'Reload the page',
  yes: (name: string, about: string | number) => `Yes, ${name} ${about}`,
  keep: 'Keep',
  unknown: (label: string) => `${label} unknown`,
  stop: 'Stop',
  loading: 'Loading',
  loadingLabel: 'Loading…',
  thisCouldNotBeLoaded: 'This could not be loaded.',
  tryAgain: 'Try again',
  nothingHereYet: 'Nothing here yet.',
  nothingIsCalledThat: 'Nothing is called that.',
  copied: 'Copied',
  theBrowserDoesNotAllow: 'The browser does not allow copying here',
  justNow: 'just now',
  seconds: (count: number) => `${count} s`,
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => `${count} h`,
  days: (count: number) => `${count} days`,
  hoursAndMinutes: (hours: number, minutes: number) => (minutes ? `${hours} h ${minutes} min` : `${hours} h`),
  daysAndHours: (days: number, hours: number) => (hours ? `${days} d ${hours} h` : `${days} d`),
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
