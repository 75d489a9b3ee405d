import { registerWindows, type WindowKind } from '../desktop/kinds.ts'

// A window costs its own folder: whatever describes itself there is found. Only the descriptions are part of the page's
// first code; each window loads when it is opened.
const found = import.meta.glob<{ window: WindowKind }>('../windows/*/window.ts', { eager: true })

/** Registers every window of the dashboard, once, before the page is made. */
export const registerAllWindows = (): void =>
  registerWindows(Object.entries(found).map(([path, { window }]) => ({ ...window, folder: path.split('/')[2]! })))
