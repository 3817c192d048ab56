import { defineConfig } from 'prisma/config'

// For people who run the Prisma CLI themselves, as in `prisma migrate deploy`. The server applies its migrations on its own.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
