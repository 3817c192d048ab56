import type { Resources } from '../../resources.ts'
import { draftTopic, type LoggedEvent } from '../../stores/event-log.ts'

/** To be called with each event of a draft that its writer has committed: those who follow it in this process get it at once, the others read it. */
export function tellFollowers({ freshEvents, wakeUps }: Pick<Resources, 'freshEvents' | 'wakeUps'>, draftId: string, event: LoggedEvent): void {
  freshEvents.add(draftId, event)
  wakeUps.notify(draftTopic(draftId))
}
