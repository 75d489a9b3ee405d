import { plural } from '../language/plural.ts'
import { translated } from '../language/translated.ts'

export const english = {
  // Links of the dialog.
  notUsedYet: 'not used yet',
  used: (ago: string) => `used ${ago}`,
  ends: (at: string) => `ends ${at}`,
  notEnded: 'The link was not ended',
  openLinks: 'Open links',
  linksOf: 'Links of',
  mine: 'Mine',
  everybodys: 'Everybody’s',
  none: 'None.',
  endLink: (name: string) => `End ${name}`,
  end: 'End',
  // The dialog that makes one.
  spans: { '1': '1 hour', '24': '1 day', '168': '7 days' },
  mapAt: (place: string) => `Map at ${place}`,
  shareThisView: 'Share this view',
  whatTheySee: (who: 'filtered' | 'all', moment: string | null) =>
    `Somebody without an account sees this map by a link, and can change nothing. They see ${
      who === 'filtered'
        ? 'only the characters that your filters find'
        : 'all characters of the guild that show their place, also beyond what you see now'
    }${
      moment === null ? '' : `, as it was on ${moment}`
    }. Windows, chat, trails of earlier and whatever else the guild has are not part of it.`,
  close: 'Close',
  theLink: 'The link, which is shown only now',
  theLinkToYourView: 'The link to your view',
  copyTheLink: 'Copy the link',
  nameForYourList: 'Name, for your list',
  itEndsAfter: 'It ends after',
  makeALink: 'Make a link',
  addressNamesNoPlace: 'The address of this page names no place on the map yet.',
  filterCannotBeRead: (filter: string, fault: string) => `The filter “${filter}” cannot be read: ${fault}`,
  // The page of a link.
  endsIn: (span: string) => `Shared view, read only, ends in ${span}`,
  connectionLost: 'Connection lost, trying again.',
  asItWas: (at: string) => `As it was on ${at}.`,
  live: 'Live.',
  characters: (count: number, shown: string) => `${shown} ${plural(count, { one: 'character', other: 'characters' })}`,
  map: 'Map',
  said: {
    ended: ['This link has ended', 'Ask who sent it for a new one.'],
    slow: ['Too many tries', 'Wait some minutes, then try again.'],
    unreachable: ['The view could not be loaded', 'The server may be starting up, or you are offline.'],
  },
  tryAgain: 'Try again',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
