import { translated } from '../language/translated.ts'
import { registerWindows, type WindowKind } from '../desktop/kinds.ts'

// A window costs its own folder: whatever describes itself there is found. Only the descriptions are part of the page's
// first code; each window loads when it is opened.
const found = import.meta.glob<{ window: WindowKind }>('../windows/*/window.ts', { eager: true })

const translations = import.meta.glob('../windows/*/window.*.ts')

/** A window whose name and title are in the language of the page: `window.sv.ts` beside it has them in Swedish. */
function speaking(folder: string, { name, title, ...window }: WindowKind): WindowKind {
  const ofFolder = Object.entries(translations).filter(([path]) => path.startsWith(`../windows/${folder}/`))
  const texts = translated({ name, ...(title && { title }) }, Object.fromEntries(ofFolder))
  return {
    ...window,
    folder,
    get name() {
      return texts.name
    },
    ...(title && { title: (params) => texts.title!(params) }),
  }
}

/** Registers every window of the dashboard, once, before the page is made. */
export const registerAllWindows = (): void =>
  registerWindows(Object.entries(found).map(([path, { window }]) => speaking(path.split('/')[2]!, window)))
