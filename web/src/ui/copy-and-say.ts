import { copyText } from './copy-text.ts'
import { showToast } from './toasts.ts'
import { texts } from './messages.ts'

/**
 * Copies a text, and says in a toast whether the browser allowed it.
 * @param shown what the toast says was copied
 */
export async function copyAndSay(text: string, shown = text): Promise<void> {
  showToast(
    (await copyText(text))
      ? { kind: 'note', title: texts.copied, text: shown }
      : { kind: 'fault', title: texts.theBrowserDoesNotAllow, text: shown },
  )
}
