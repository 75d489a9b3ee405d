// Voice by the browser itself: narration read aloud, and what is said written down where the browser offers that.
import { onScopeDispose, ref } from 'vue'

/** What is used of the browser's recognition, which has no types. */
interface Recognition {
  lang: string
  onresult: (event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void
  onend: () => void
  onerror: () => void
  start(): void
  stop(): void
}
type Recognizers = Partial<Record<'SpeechRecognition' | 'webkitSpeechRecognition', new () => Recognition>>

const KEY = 'overlord.game.voice'
/** The rules and the built-in narration are English. */
const LANGUAGE = 'en'

/** Reads aloud and listens. `reads` is kept for the next visit; nothing is heard before somebody asks for it. */
export function useVoice() {
  const { SpeechRecognition, webkitSpeechRecognition } = window as unknown as Recognizers
  const Recognizer = SpeechRecognition ?? webkitSpeechRecognition
  const canRead = 'speechSynthesis' in window
  const reads = ref(canRead && localStorage.getItem(KEY) === 'on')
  const isListening = ref(false)
  let recognition: Recognition | null = null

  function read(text: string) {
    if (!reads.value || !text.trim()) return
    const said = new SpeechSynthesisUtterance(text)
    said.lang = LANGUAGE
    speechSynthesis.speak(said)
  }
  function toggle() {
    reads.value = !reads.value
    localStorage.setItem(KEY, reads.value ? 'on' : 'off')
    if (!reads.value) speechSynthesis.cancel()
  }
  /** Begins to listen, or ends it; what was understood goes to `onText`. */
  function listen(onText: (text: string) => void) {
    if (recognition) return recognition.stop()
    if (!Recognizer) return
    const begun = new Recognizer()
    recognition = begun
    begun.lang = LANGUAGE
    begun.onresult = ({ results }) => onText(Array.from(results, (heard) => heard[0]?.transcript ?? '').join(' '))
    begun.onend = begun.onerror = () => {
      recognition = null
      isListening.value = false
    }
    isListening.value = true
    begun.start()
  }
  onScopeDispose(() => {
    recognition?.stop()
    if (canRead) speechSynthesis.cancel()
  })
  return { canRead, reads, read, toggle, canListen: Recognizer !== undefined, isListening, listen }
}
