import { checkText, limits } from '../services/checked-input.ts'
import { routeMessage } from '../services/routing/route-message.ts'
import { builder } from './builder.ts'
import { RoutedMessage } from './routing.ts'

builder.queryField('routeMessage', (t) =>
  t.field({
    type: RoutedMessage,
    description: 'Tries the router on a text; nothing is stored.',
    authScopes: { staff: true },
    complexity: { field: 5, multiplier: 1 },
    args: { text: t.arg.string({ required: true, description: '1 to 20,000 characters, as a customer would write it.' }) },
    resolve: (_root, { text }, resources) => routeMessage(resources, { text: checkText('text', text, { maximum: limits.message }) }),
  }),
)
