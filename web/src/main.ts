import { createApp } from 'vue'
import { createPinia } from 'pinia'
import OverlordApp from './app/OverlordApp.vue'
import './app/theme.css'

createApp(OverlordApp).use(createPinia()).mount('#app')
