import { createApp } from 'vue'
import { createPinia } from 'pinia'
import OverlordApp from './app/OverlordApp.vue'
import { registerAllWindows } from './app/window-kinds.ts'
import { watchView } from './graph/in-view.ts'
import { provideShownWorld } from './app/page-clock.ts'
import './app/theme.css'

registerAllWindows()
const app = createApp(OverlordApp).use(createPinia())
provideShownWorld(app)
watchView(document)
app.mount('#app')
