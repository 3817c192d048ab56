/**
 * @generated SignedSource<<78d5c463cd7a05c59242b3aadee844fc>>
 * @relayHash 33225f272bbe43e4cf864298b15a9546
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID e38fc7462f2f1ab5139ee77ada6c3bbcbe431bf4bb8f837bf20a95137d0869a4

import type { ConcreteRequest } from 'relay-runtime';
export type OpenConversationInput = {
  channel?: string | null | undefined;
  customer?: CustomerInput | null | undefined;
  idempotencyKey?: string | null | undefined;
  message: string;
  subject?: string | null | undefined;
};
export type CustomerInput = {
  email?: string | null | undefined;
  externalId?: string | null | undefined;
  name?: string | null | undefined;
};
export type relayDeskOpenMutation$variables = {
  input: OpenConversationInput;
};
export type relayDeskOpenMutation$data = {
  readonly openConversation: {
    readonly __typename: string;
    readonly id?: string;
    readonly message?: string;
  };
};
export type relayDeskOpenMutation = {
  response: relayDeskOpenMutation$data;
  variables: relayDeskOpenMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "id",
    "storageKey": null
  }
],
v4 = {
  "kind": "InlineFragment",
  "selections": (v3/*:: as any*/),
  "type": "Conversation",
  "abstractKey": null
},
v5 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    }
  ],
  "type": "Error",
  "abstractKey": "__isError"
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "relayDeskOpenMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "openConversation",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "relayDeskOpenMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "openConversation",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": (v3/*:: as any*/),
            "type": "Node",
            "abstractKey": "__isNode"
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "e38fc7462f2f1ab5139ee77ada6c3bbcbe431bf4bb8f837bf20a95137d0869a4",
    "metadata": {},
    "name": "relayDeskOpenMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "edd29f36f840341040397cf88f7c127a";

export default node;
