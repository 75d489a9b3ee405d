import { word } from '../../shared/settings/readers.ts'
import { setting } from '../../shared/settings/setting.ts'

export const settings = {
  UNOWNED_TELLS: setting(
    word(['admins', 'everybody'], 'admins'),
    "who reads private messages of characters that are nobody's: `admins` or `everybody`",
    { fallback: '`admins`' },
  ),
}
