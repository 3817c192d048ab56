/**
 * @generated SignedSource<<2b8aa8119056eaab557606b721cec48f>>
 * @relayHash 4bb2b572bd48a94db01b0b966a3ea2cd
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 3dd2b29912839f5e3da2d0b669219bf76732d7ed4003d15ed51e083a53257fab

import type { ConcreteRequest } from 'relay-runtime';
export type Tone = "FORMAL" | "FRIENDLY" | "LONGER" | "SHORTER" | "SIMPLER" | "%future added value";
export type DraftReplyInput = {
  conversationId: string;
  instruction?: string | null | undefined;
  tone?: Tone | null | undefined;
};
export type relayDeskDraftMutation$variables = {
  input: DraftReplyInput;
};
export type relayDeskDraftMutation$data = {
  readonly draftReply: {
    readonly __typename: string;
    readonly id?: string;
    readonly message?: string;
  };
};
export type relayDeskDraftMutation = {
  response: relayDeskDraftMutation$data;
  variables: relayDeskDraftMutation$variables;
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
  "type": "Draft",
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
    "name": "relayDeskDraftMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "draftReply",
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
    "name": "relayDeskDraftMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "draftReply",
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
    "id": "3dd2b29912839f5e3da2d0b669219bf76732d7ed4003d15ed51e083a53257fab",
    "metadata": {},
    "name": "relayDeskDraftMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "2f63c35a52630b74e8bb029c60a69017";

export default node;
