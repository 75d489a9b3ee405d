import { type InjectionKey, inject, provide } from 'vue'

/** Who is signed in, as the sign-in says it. */
export interface SessionViewer {
  name: string
  role: 'VIEWER' | 'OPERATOR' | 'ADMIN'
}

const key: InjectionKey<SessionViewer> = Symbol('viewer')

export const provideViewer = (viewer: SessionViewer) => provide(key, viewer)

export function useViewer(): SessionViewer {
  const viewer = inject(key)
  if (!viewer) throw new Error('Only parts of the dashboard know the viewer.')
  return viewer
}
