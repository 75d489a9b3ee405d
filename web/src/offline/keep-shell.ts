import { watch } from 'vue'
import { resumes } from '../graph/connection.ts'
import { showToast } from '../ui/toasts.ts'
import { texts } from './messages.ts'

/** How often a page that stays open looks for a new version. */
const LOOK_MS = 3_600_000

/** Lets the browser keep the shell for when there is no server, and offers to load a new version when there is one. */
export async function keepShell(): Promise<void> {
  // Browsers offer it over HTTPS and on the own machine only. The page is whole without it.
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const registration = await serviceWorker.register('/sw.js').catch(() => null)
  if (!registration) return

  const offer = async () => {
    const waiting = registration.waiting
    // Without a controller this is the first version: there is nothing to change.
    if (!waiting || !serviceWorker.controller) return
    if (await isNewest()) return waiting.postMessage('activate')
    showToast({
      kind: 'note',
      stays: true,
      title: texts.aNewVersionIsReady,
      text: texts.clickToLoadItWhat,
      act: () => {
        serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
        waiting.postMessage('activate')
      },
    })
  }
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => installing.state === 'installed' && void offer())
  })
  await offer()

  const look = () => void registration.update().catch(() => undefined) // Without a server there is nothing new.
  setInterval(look, LOOK_MS)
  // A server that went away and came back may have been upgraded.
  watch(resumes, look)
}

/** Whether this page is already of the build that the server has now: it was loaded after the upgrade. */
async function isNewest(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.getAttribute('src')
  const page = await fetch('/', { cache: 'no-cache' }).then(
    (answer) => answer.text(),
    () => '',
  )
  return Boolean(own && page.includes(own))
}
