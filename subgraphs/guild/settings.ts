import { common } from '../../shared/settings/common.ts'
import { whole } from '../../shared/settings/readers.ts'
import { setting } from '../../shared/settings/setting.ts'

const { SHARED_SECRET, SHARE_LINKS } = common
/** The plugin's secret is shown to admins. */
export const settings = {
  SHARED_SECRET,
  SHARE_LINKS,
  SHARE_LINK_HOURS: setting(whole(168, 1, 8_760), 'how many hours a link to a shared view lasts at most', {
    fallback: '`168`',
  }),
}
