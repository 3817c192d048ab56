/** The base of the links that are given out, without a slash at the end. Unless it is configured, it is known once the server listens. */
export interface PublicUrl {
  base(): string
  listensAt(url: string): void
}

export function createPublicUrl({ configured, fallback }: { configured: string | undefined; fallback: string }): PublicUrl {
  let base = (configured ?? fallback).replace(/\/+$/, '')
  return {
    base: () => base,
    listensAt(url) {
      if (configured === undefined) base = url
    },
  }
}
