import { createApp } from 'vue'
import { createPinia } from 'pinia'
import OverlordApp from './app/OverlordApp.vue'
import { registerAllWindows } from './app/window-kinds.ts'
import { provideShownWorld } from './app/page-clock.ts'
import './app/theme.css'

registerAllWindows()
const app = createApp(OverlordApp).use(createPinia())
provideShownWorld(app)
app.mount('#app')
