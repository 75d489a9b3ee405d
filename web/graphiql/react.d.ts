// The playground is the one page drawn by React, and it makes three elements: not worth React's own types.
declare module 'react' {
  export type ReactNode = unknown
  export function createElement(type: unknown, props: object | null, ...children: ReactNode[]): ReactNode
}
declare module 'react-dom/client' {
  export function createRoot(host: Element): { render(node: unknown): void }
}
