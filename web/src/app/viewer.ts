import { type InjectionKey, inject, provide } from 'vue'
import type { SessionViewer } from './session.ts'

const key: InjectionKey<SessionViewer> = Symbol('viewer')

export const provideViewer = (viewer: SessionViewer) => provide(key, viewer)

export function useViewer(): SessionViewer {
  const viewer = inject(key)
  if (!viewer) throw new Error('Only parts of the dashboard know the viewer.')
  return viewer
}
