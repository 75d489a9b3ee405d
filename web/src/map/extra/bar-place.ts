import type { Sides } from '../view.ts'

/** Where a bar over the map stands: in the middle of what the windows leave free, or of the page. */
export const inFreeArea = (free: Sides | null) => ({
  left: free ? `calc((100% + ${free.left - free.right}px) / 2)` : '50%',
  maxWidth: free ? `max(340px, calc(100% - ${free.left + free.right + 16}px))` : 'calc(100% - 16px)',
})
