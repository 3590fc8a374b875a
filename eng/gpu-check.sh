#!/usr/bin/env bash
# Shows what a GPU gives, and that it gives the right results: builds the stand-in's shim against the CUDA libtorch it finds, runs the model tests on
# the device, and prints the device's limits (copy, memory, matrix product) with windows/s from host and from device memory in each precision.
#
#   eng/gpu-check.sh [cuda|cuda:N|cpu]         here; needs the .NET SDK, CMake and a C++ compiler. cpu goes the same way by torch on the processor
#   eng/gpu-check.sh --pack DIR                a folder to carry to a machine without the SDK, which needs CMake, a C++ compiler and PyTorch only
#   DIR/gpu-check.sh [cuda|cuda:N|cpu]         there
#
# DETECTOR_TEST_NETWORKS='linear recurrent' measures these networks only, each by itself, instead of the default ensemble and every network.
# libtorch is TORCH_HOME, or the one inside the PyTorch that python3 finds, or for cpu the system's.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
say() { echo "gpu-check: $*" >&2; }

find_torch() {
    [[ -n ${TORCH_HOME:-} ]] && return
    local inside
    inside=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null || true)
    # Debian's PyTorch is linked to the libtorch of the system, which CMake finds by itself.
    if [[ -n $inside && -f $inside/lib/libtorch.so ]]; then export TORCH_HOME=$inside; fi
}

check() { # device, folder of the tests, folder of the benchmarks
    export DETECTOR_TEST_DEVICE=$1
    say "model tests on $1"
    "$2/Detector.Models.Tests" -noColor -class 'Detector.Models.Tests.Scoring.*' -class 'Detector.Models.Tests.Inference.*' \
        -class 'Detector.Models.Tests.Autoencoders.EveryNetworkTests' -class 'Detector.Models.Tests.Training.PrecisionChangeTests' | tail -n 3
    say "limits and windows/s on $1"
    "$3/Detector.Benchmarks" device
}

if [[ ${1:-} == --pack ]]; then
    target=${2:?give the folder to write}
    cd "$here/.."
    for project in Detector.Models.Tests Detector.Benchmarks; do
        dotnet publish "tests/$project" -c Release -r linux-x64 --self-contained -p:Publishing=true -p:IsPublishable=true -o "$target/$project" --nologo -v quiet
    done
    mkdir -p "$target/native"
    cp compat/TorchSharp/native/* "$target/native/"
    cp eng/gpu-check.sh "$target/"
    say "carry $target to the machine and run $(basename "$target")/gpu-check.sh there"
    exit 0
fi

device=${1:-cuda}
[[ $device =~ ^(cpu|cuda(:[0-9]+)?)$ ]] || { say "there is no device '$device': use cpu, cuda or cuda:N"; exit 64; }
[[ $device != cpu ]] || device=cpu-torch
find_torch
if [[ $device != cpu-torch && -z ${TORCH_HOME:-} ]]; then
    say "found no CUDA libtorch: install PyTorch with CUDA, or point TORCH_HOME at a libtorch."
    exit 69
fi
say "libtorch: ${TORCH_HOME:-of the system}"

if [[ -d $here/native ]]; then # packed
    build=$(mktemp -d)
    trap 'rm -rf "$build"' EXIT
    cmake -S "$here/native" -B "$build" -DCMAKE_BUILD_TYPE=Release -DTORCH_HOME="${TORCH_HOME:-}" >/dev/null
    cmake --build "$build" --parallel >/dev/null
    for project in Detector.Models.Tests Detector.Benchmarks; do cp "$build/libtorch_shim.so" "$here/$project/"; done
    check "$device" "$here/Detector.Models.Tests" "$here/Detector.Benchmarks"
else
    cd "$here/.."
    for project in Detector.Models.Tests Detector.Benchmarks; do
        [[ -n ${NO_BUILD:-} ]] || dotnet build "tests/$project" -c Release --nologo -v quiet -clp:NoSummary >&2
    done
    check "$device" tests/Detector.Models.Tests/bin/Release/net10.0 tests/Detector.Benchmarks/bin/Release/net10.0
fi
