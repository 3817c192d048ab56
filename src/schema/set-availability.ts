import { setAvailability } from '../services/access/set-availability.ts'
import { NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { localId, localIdOrNull } from './global-ids.ts'
import { Agent } from './people.ts'

const SetAvailabilityInput = builder.inputType('SetAvailabilityInput', {
  fields: (t) => ({
    isAvailable: t.boolean({ required: true, description: 'With false no new conversation is assigned by load; those one has stay.' }),
    agentId: t.id({ description: 'Yourself when left out; only admins may set somebody else.' }),
  }),
})

builder.mutationField('setAvailability', (t) =>
  t.field({
    type: Agent,
    description: 'Whether conversations are assigned to an agent by load. What is assigned already stays.',
    authScopes: (_root, { input: { agentId } }, { viewer }) =>
      agentId == null || localIdOrNull('Agent', agentId) === viewer.agentId ? { staff: true } : { admin: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: SetAvailabilityInput, required: true }) },
    resolve: (_root, { input: { agentId, isAvailable } }, resources) =>
      setAvailability(resources, {
        agentId: agentId == null ? resources.viewer.agentId : localId('Agent', agentId),
        isAvailable,
        by: resources.viewer,
      }),
  }),
)
