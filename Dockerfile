# One image for both kinds of process: `camaug web` (the default) and `camaug worker`.
FROM python:3.13-slim-bookworm

RUN apt-get update && apt-get install --yes --no-install-recommends clamav make && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/camaug
COPY . .
RUN make setup && rm -rf /var/lib/apt/lists/* node_modules \
 && useradd --system --home-dir /data --shell /usr/sbin/nologin camaug \
 && install --directory --owner camaug --group camaug --mode 750 /data

ENV PATH=/srv/camaug/.venv/bin:$PATH \
    CAMAUG_MODE=production \
    DATA=/data
USER camaug
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["camaug", "web", "--host", "0.0.0.0"]
