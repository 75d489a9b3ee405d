/** Whether the page shows a shared view to a visitor: it keeps its choices apart from those of a viewer. */
export const isVisitorPage = location.pathname === '/shared'
