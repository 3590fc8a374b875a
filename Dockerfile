# docker build -t detector .                              scores on the processor
# docker build -t detector --build-arg TORCH=cuda .       scores on an NVIDIA GPU (docker run --gpus all)
# docker build -t detector --build-arg PACKAGES=system .  where the package feed lacks TorchSharp: the system's libtorch
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0

FROM ${SDK_IMAGE} AS build
ARG PACKAGES=nuget
ARG TORCH=cpu
RUN if [ "$PACKAGES" = system ]; then \
      apt-get update && apt-get install -y --no-install-recommends cmake g++ libtorch-dev libopenblas0-pthread librdkafka1 && rm -rf /var/lib/apt/lists/*; \
    fi
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN ./eng/publish.sh /app -p:Packages=${PACKAGES} -p:Torch=${TORCH}

FROM ${RUNTIME_IMAGE}
ARG PACKAGES=nuget
# libtorch needs OpenMP's run-time library.
RUN apt-get update \
    && if [ "$PACKAGES" = system ]; then extra="libtorch-dev libopenblas0-pthread librdkafka1"; fi \
    && apt-get install -y --no-install-recommends libgomp1 $extra \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o "$APP_UID" -g 0 -m 0770 /var/lib/detector
COPY --from=build /app /app
# Inside a container, localhost is nobody: who may reach the port is decided where it is published.
ENV Detector__Http__Address=* \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
WORKDIR /var/lib/detector
VOLUME /var/lib/detector
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/app/detector", "health"]
# The configuration is mounted at /etc/detector/config.json; secrets as files named by sasl.password.file and its like.
ENTRYPOINT ["/app/detector"]
