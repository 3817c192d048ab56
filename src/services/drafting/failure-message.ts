import { isStaff, type Viewer } from '../access/viewer.ts'

/** Why a draft failed, for people. What staff read may name servers and models; partners hear what to do. */
export function failureMessage(viewer: Viewer, { message, retryable }: { message: string; retryable: boolean }): string {
  if (isStaff(viewer)) return message
  return retryable ? 'The draft could not be written. Ask for a new one.' : 'The draft could not be written. The support team can see why.'
}
