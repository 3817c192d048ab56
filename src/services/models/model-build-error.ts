/** Why a model could not be made: for people, with what to do. */
export class ModelBuildError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ModelBuildError'
  }
}
