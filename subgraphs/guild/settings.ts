import { common } from '../../shared/settings/common.ts'

const { SHARED_SECRET } = common
/** The plugin's secret is shown to admins. */
export const settings = { SHARED_SECRET }
