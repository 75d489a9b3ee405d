/** A path without the `/api` that the original's proxy put before it, and without slashes at its end. */
export function ownPath(path: string): string {
  const own = path.startsWith('/api/') ? path.slice('/api'.length) : path
  return own.length > 1 ? own.replace(/\/+$/, '') || '/' : own
}
