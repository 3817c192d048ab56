const always = 10

/** Whether so many deletions look like a wrong folder or an empty sitemap rather than like tidying up. */
export const deletesTooMany = ({ missing, brought }: { missing: number; brought: number }) => missing > always && missing > brought / 2
