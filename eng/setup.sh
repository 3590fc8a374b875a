#!/usr/bin/env bash
# Chooses where the packages come from and installs what the machine lacks. Does nothing when there is nothing to do.
#
#   eng/setup.sh            choose once (Packages.local.props keeps the answer) and install
#   eng/setup.sh --tests    also what the tests run: kcat, mosquitto, prometheus, alertmanager, chromium, systemd-analyze, checkers of schemas
#   eng/setup.sh --again    forget the answer and choose anew
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
props=$root/Packages.local.props
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }

tests=false again=false
for argument in "$@"; do
    case $argument in
        --tests) tests=true ;;
        --again) again=true ;;
        -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
        *) echo "setup: unknown argument $argument; try --help." >&2; exit 64 ;;
    esac
done

check_sdk() {
    command -v dotnet >/dev/null \
        || fail "the .NET 10 SDK is not installed: get it from https://dotnet.microsoft.com/download and put dotnet on the PATH."
    local version
    version=$(cd "$root" && dotnet --version 2>/dev/null) \
        || fail "dotnet is installed, but no .NET 10 SDK (there is: $(dotnet --list-sdks | cut -d' ' -f1 | xargs)): add it from https://dotnet.microsoft.com/download."
    [[ $version == 10.* ]] || fail "the .NET 10 SDK is needed, and this is $version: add it from https://dotnet.microsoft.com/download."
}

# Restores an empty project that names the packages; says on failure which one is missing.
probe() {
    local folder=$root/artifacts/probe torch=$1
    rm -rf "$folder" && mkdir -p "$folder"
    cat > "$folder/Probe.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <UseTorch>true</UseTorch>
    <UseKafka>true</UseKafka>
    <UseMqtt>true</UseMqtt>
    <UsePrometheus>true</UsePrometheus>
  </PropertyGroup>
</Project>
PROJECT
    local status=0
    timeout 1800 dotnet restore "$folder/Probe.csproj" -p:Packages=nuget -p:Torch="$torch" > "$folder/log" 2>&1 || status=$?
    missing=$(grep -oE 'Unable to find package [^ ]+' "$folder/log" | awk '{print $NF}' | sed 's/\.$//' | sort -u | paste -sd, | sed 's/,/, /g') || true
    rm -rf "$folder"
    return $status
}

choose() {
    local torch=cpu packages why
    if command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1; then torch=cuda; fi
    say "asking the package feed for the packages the product is written against (once)…" >&2
    if probe "$torch"; then
        packages=nuget why="the feed has every package"
    else
        packages=system why="the feed lacks ${missing:-a package, or cannot be reached}"
    fi
    cat > "$props.new" <<PROPS
<Project>
  <!-- Written by eng/setup.sh: $why. -->
  <PropertyGroup>
    <Packages>$packages</Packages>
    <Torch>$torch</Torch>
  </PropertyGroup>
</Project>
PROPS
    mv "$props.new" "$props"
    say "Packages=$packages, because $why; Torch=$torch."
}

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

install_libraries() {
    local wanted=() lacking=() package
    if grep -q '<Packages>system</Packages>' "$props"; then
        wanted+=(librdkafka1 cmake g++)
        # TORCH_HOME names another libtorch, which brings its own BLAS.
        [[ -n ${TORCH_HOME:-} ]] || wanted+=(libtorch-dev libopenblas0-pthread)
    fi
    # The page's plot library comes from the npm registry; any npm will do. Another distribution of Node.js brings its own.
    command -v npm >/dev/null || wanted+=(nodejs npm)
    if $tests; then wanted+=(kcat mosquitto mosquitto-clients prometheus prometheus-alertmanager chromium systemd tzdata); fi
    ((${#wanted[@]})) || return 0

    command -v dpkg-query >/dev/null \
        || { say "this is no Debian-like system: what is installed is not checked; needed are ${wanted[*]} or their like." >&2; return 0; }
    for package in "${wanted[@]}"; do installed "$package" || lacking+=("$package"); done
    ((${#lacking[@]})) || return 0

    local sudo=()
    if [[ $(id -u) != 0 ]]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            sudo=(sudo)
        else
            fail "these packages are missing, and this user may not install them. Run: sudo apt-get install --no-install-recommends ${lacking[*]}"
        fi
    fi
    say "installing ${lacking[*]}…"
    local install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lacking[@]}")
    "${install[@]}" >/dev/null 2>&1 || { "${sudo[@]}" apt-get update -qq && "${install[@]}" >/dev/null; } \
        || fail "apt-get could not install ${lacking[*]}; run it by hand to see why: sudo apt-get install --no-install-recommends ${lacking[*]}"
}

fetch_page_packages() {
    local page=$root/src/Detector.Worker/Web/Page
    [[ ! -f $page/node_modules/uplot/dist/uPlot.iife.min.js || $page/package-lock.json -nt $page/node_modules ]] || return 0
    say "fetching the page's plot library…"
    (cd "$page" && npm ci --ignore-scripts --no-audit --no-fund --silent && touch node_modules) \
        || fail "npm could not fetch the page's plot library: look whether the npm registry can be reached, then run eng/setup.sh again."
}

# What tests take from the npm registry, by the lock files beside: checkers of deploy/ and of the configuration's schema, and a server of objects.
install_for_tests() {
    local name folder
    for name in schemas servers; do
        folder=$root/eng/$name
        if ! $tests || [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]]; then continue; fi
        say "installing what eng/$name/package.json names…"
        npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 \
            || fail "npm could not install what eng/$name/package.json names; run it by hand to see why: npm ci --prefix eng/$name --ignore-scripts"
    done
}

check_sdk
if $again; then rm -f "$props"; fi
if [[ ! -f $props ]]; then choose; fi
install_libraries
fetch_page_packages
install_for_tests
say "ready: $(grep -oE '<(Packages|Torch)>[a-z]+' "$props" | sed 's/<//; s/>/=/' | xargs), .NET SDK $(cd "$root" && dotnet --version)."
