import { createApp, watchEffect } from 'vue'
import { createPinia } from 'pinia'
import OverlordApp from './app/OverlordApp.vue'
import { registerAllWindows } from './app/window-kinds.ts'
import { providePageClock } from './app/page-clock.ts'
import { language } from './language/language.ts'
import './app/theme.css'

registerAllWindows()
watchEffect(() => (document.documentElement.lang = language.value))
const app = createApp(OverlordApp).use(createPinia())
providePageClock(app)
// Not in the same turn as all that was just loaded: phones paint and answer between them.
setTimeout(() => app.mount('#app'))
