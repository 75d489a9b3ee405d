import { translated } from '../language/translated.ts'

export const english = {
  signedInAs: (role: string | number) => `Signed in as ${role}`,
  theme: 'Theme',
  sizeOfTextAndControls: 'Size of text and controls, in percent',
  timesIn: 'Times in',
  connectThePlugin: 'Connect the plugin',
  shareThisView: 'Share this view',
  queryTheGraph: 'Query the graph',
  changePassword: 'Change password',
  setAPassword: 'Set a password',
  signOut: 'Sign out',
  roles: { VIEWER: 'viewer', OPERATOR: 'operator', ADMIN: 'admin' },
  themeNames: { system: 'As the system', dark: 'Dark', light: 'Light', contrast: 'High contrast' },
  zoneNames: { local: 'My time zone', utc: 'UTC' },
  language: 'Language',
}

export const texts = translated(english, import.meta.glob('./viewer-menu.messages.*.ts'))
