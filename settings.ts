import { common } from './shared/settings/common.ts'
import { flag, port } from './shared/settings/readers.ts'
import { setting } from './shared/settings/setting.ts'

const { HOST, ...others } = common

/** What the process with every room in it reads itself; the rooms add theirs. */
export const settings = {
  HOST,
  PORT: setting(port(4000), 'port of the process with every room in it', { fallback: '`4000`' }),
  ...others,
}

/** Set by `npm run demo`. */
export const demoSettings = {
  DEMO: setting(flag, 'a demo: its sign-in link works more than once', { fallback: '`0`' }),
}
