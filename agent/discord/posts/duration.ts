/** Seconds as `3 h 20 min`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds == null) return '–'
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.round(hours / 24).toLocaleString('en')} days`
  return hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`
}
