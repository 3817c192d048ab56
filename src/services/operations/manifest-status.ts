import type { OperationStatus } from '../../generated/prisma/client.ts'

const inOrder: OperationStatus[] = ['ACTIVE', 'DEPRECATED', 'DRAFT']

/** The liveliest status among its operations; RETIRED when there are none, as when all were sent again with a newer manifest. */
export function manifestStatus(operations: { status: OperationStatus }[]): OperationStatus {
  return inOrder.find((status) => operations.some((operation) => operation.status === status)) ?? 'RETIRED'
}
