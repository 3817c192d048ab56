import type { Viewer } from './viewer.ts'

/** Which manifests and operations a viewer may know of: admins all, partners their own, nobody else any. */
export function ownOperations({ role, partnerId }: Viewer): { partnerId?: string } {
  return role === 'ADMIN' ? {} : { partnerId: (role === 'PARTNER' ? partnerId : null) ?? 'nobody' }
}

export function areOwnOperations(viewer: Viewer, { partnerId }: { partnerId: string }): boolean {
  const own = ownOperations(viewer)
  return own.partnerId === undefined || own.partnerId === partnerId
}
