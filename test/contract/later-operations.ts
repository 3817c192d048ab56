/** Operations of the contract that later issues bring, by the issue that brings them. The contract test checks that none of them is here too long. */
export const laterOperations: Record<string, string[]> = {}
