# The API alone; docker-compose.yml puts a database beside it. No BuildKit is needed.

# What runs, apart from what builds it: a change in src leaves this layer as it is.
FROM node:20-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY src src
RUN npm run --silent build && rm -f dist/.tsbuildinfo

FROM node:20-bookworm-slim
WORKDIR /app
# On every address of its container: those who are not known may read only where CONCORDAT_ANONYMOUS_READING says so.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY cypher cypher
# The worked examples that GraphiQL opens on are test cases.
COPY test/cases test/cases
COPY seeds seeds
COPY --from=build /app/dist dist
# Everything above belongs to root: the process can read its own code, and not change it.
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Exec form: node gets the signals itself, and its command line ends in order on them.
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["serve", "--seed", "seeds/el-salvador-2025"]
