/** Copies to the clipboard. False where the browser does not allow it, such as on pages served without TLS. */
export const copyText = async (text: string): Promise<boolean> =>
  (await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )) ?? false
