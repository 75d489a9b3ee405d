import { copyText } from './copy-text.ts'
import { showToast } from './toasts.ts'

/**
 * Copies a text, and says in a toast whether the browser allowed it.
 * @param shown what the toast says was copied
 */
export async function copyAndSay(text: string, shown = text): Promise<void> {
  showToast(
    (await copyText(text))
      ? { kind: 'note', title: 'Copied', text: shown }
      : { kind: 'fault', title: 'The browser does not allow copying here', text: shown },
  )
}
