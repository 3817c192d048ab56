export const judgedArticles = 5
