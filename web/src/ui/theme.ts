import { usePreferredContrast, usePreferredDark, useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, watchEffect } from 'vue'

export const themeChoices = ['system', 'dark', 'light', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export type Theme = Exclude<ThemeChoice, 'system'>

export const useThemeStore = defineStore('theme', () => {
  const stored = useLocalStorage<string>('overlord.theme', 'system')
  const prefersDark = usePreferredDark()
  const contrast = usePreferredContrast()

  const choice = computed<ThemeChoice>({
    get: () => themeChoices.find((one) => one === stored.value) ?? 'system',
    set: (value) => (stored.value = value),
  })
  const theme = computed<Theme>(() => {
    if (choice.value !== 'system') return choice.value
    if (contrast.value === 'more') return 'contrast'
    return prefersDark.value ? 'dark' : 'light'
  })

  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value
    const bar = getComputedStyle(document.documentElement).getPropertyValue('--bg').trim()
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', bar)
  })
  return { choice, theme }
})
