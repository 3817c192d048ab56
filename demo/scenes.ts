/** What the demo's customers write, and what the agent does with the draft. */
export interface Scene {
  title: string
  subject: string
  customer: string
  turns: Turn[]
}

export interface Turn {
  customer: string
  /** `send` sends the draft as it is, `edit` changes it, `write` leaves it and writes instead. */
  agent: { send: true } | { edit: (draft: string) => string } | { write: string }
  feedback?: { rating: string; reasons?: string[]; notes?: string; withCorrection?: boolean }
}

export const scenes: Scene[] = [
  {
    title: 'A paraphrase: none of these words is in the article’s title',
    subject: 'My order',
    customer: 'Ann',
    turns: [{ customer: 'Can I send it back if I don’t like it?', agent: { send: true }, feedback: { rating: 'HELPFUL' } }],
  },
  {
    title: 'A follow-up: it means nothing without what came before',
    subject: 'Password',
    customer: 'Ben',
    turns: [
      { customer: 'I forgot my password. How do I set a new one?', agent: { send: true } },
      {
        customer: 'And how long is that link good for?',
        agent: { edit: (draft) => draft.replace(/\n\n(?=[^\n]*$)/, '\n\nIf anything else comes up, just reply to this message.\n\n') },
        feedback: { rating: 'NEEDS_IMPROVEMENT', reasons: ['TONE'], notes: 'Offer further help at the end.', withCorrection: true },
      },
    ],
  },
  {
    title: 'One for a person',
    subject: 'Third time',
    customer: 'Cleo',
    turns: [
      {
        customer:
          'This is the third time you sent the wrong jacket. I have had it with bots. Let me talk to a real person or my lawyer will be in touch.',
        agent: {
          write:
            'Hello Cleo,\n\nI am Dana, and I have taken over your case personally. I am looking at all three orders now and will write again within the hour.\n\nDana',
        },
      },
    ],
  },
]
