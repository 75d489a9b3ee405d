import { word } from '../../shared/settings/readers.ts'
import { setting } from '../../shared/settings/setting.ts'

export const settings = {
  UNOWNED_TELLS: setting(
    word(['admins', 'everybody'], 'admins'),
    'who reads private messages of characters without an owner: `admins` or `everybody`',
    { fallback: '`admins`' },
  ),
}
