import { createApp } from 'vue'
import { createPinia } from 'pinia'
import OverlordApp from './app/OverlordApp.vue'
import { registerAllWindows } from './app/window-kinds.ts'
import './app/theme.css'

registerAllWindows()
createApp(OverlordApp).use(createPinia()).mount('#app')
