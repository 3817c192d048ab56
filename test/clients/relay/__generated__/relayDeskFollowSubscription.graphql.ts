/**
 * @generated SignedSource<<d4e90f5fc4027372a336b8f7ce7c9ad2>>
 * @relayHash 9083eabbc87767cdaf47f56b4fb7dcc7
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 69da82ff2f562c66e058300f5be2647b0b995e7924c9ae291ca90c456a4edc38

import type { ConcreteRequest } from 'relay-runtime';
export type relayDeskFollowSubscription$variables = {
  afterSeq?: number | null | undefined;
  draftId: string;
};
export type relayDeskFollowSubscription$data = {
  readonly draftEvents: {
    readonly __typename: string;
    readonly offset?: number;
    readonly seq: number;
    readonly text?: string;
  };
};
export type relayDeskFollowSubscription = {
  response: relayDeskFollowSubscription$data;
  variables: relayDeskFollowSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "afterSeq"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "draftId"
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "text",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "afterSeq",
        "variableName": "afterSeq"
      },
      {
        "kind": "Variable",
        "name": "draftId",
        "variableName": "draftId"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "draftEvents",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "seq",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          (v2/*:: as any*/)
        ],
        "type": "DraftSnapshot",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "offset",
            "storageKey": null
          },
          (v2/*:: as any*/)
        ],
        "type": "DraftDelta",
        "abstractKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayDeskFollowSubscription",
    "selections": (v3/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "relayDeskFollowSubscription",
    "selections": (v3/*:: as any*/)
  },
  "params": {
    "id": "69da82ff2f562c66e058300f5be2647b0b995e7924c9ae291ca90c456a4edc38",
    "metadata": {},
    "name": "relayDeskFollowSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "be6c8fef97cdaeee23340d669684ae62";

export default node;
