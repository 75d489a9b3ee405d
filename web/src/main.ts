import { createApp, watchEffect } from 'vue'
import { createPinia } from 'pinia'
import OverlordApp from './app/OverlordApp.vue'
import { registerAllWindows } from './app/window-kinds.ts'
import { provideShownWorld } from './app/page-clock.ts'
import { language } from './language/language.ts'
import './app/theme.css'

registerAllWindows()
watchEffect(() => (document.documentElement.lang = language.value))
const app = createApp(OverlordApp).use(createPinia())
provideShownWorld(app)
app.mount('#app')
