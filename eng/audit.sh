#!/usr/bin/env bash
# Looks after the dependencies: whether the lock files are what would be restored, and whether the feeds know of vulnerabilities in what they name.
# Fails on either. A feed that carries no advisories cannot tell; this is said, and found out by asking for a package that is known to have one.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
failed=0

say() { echo "audit: $*"; }

if ! dotnet restore Detector.sln --locked-mode --verbosity quiet </dev/null; then
    say "the lock files are not what would be restored: run dotnet restore Detector.sln --force-evaluate and look at what changes."
    failed=1
fi

vulnerable() { dotnet list "$1" package --vulnerable --include-transitive 2>&1 </dev/null | grep -E '^\s+> ' || true; }

found=$(vulnerable Detector.sln)
if [[ -n $found ]]; then
    say "NuGet packages with known vulnerabilities:"
    echo "$found"
    failed=1
else
    # CVE-2024-21907: every feed that carries advisories has it.
    probe=$(mktemp -d)
    trap 'rm -rf "$probe"' EXIT
    cat > "$probe/Probe.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.3" /></ItemGroup>
</Project>
PROJECT
    dotnet restore "$probe/Probe.csproj" --verbosity quiet >/dev/null 2>&1 </dev/null
    if [[ -n $(vulnerable "$probe/Probe.csproj") ]]; then
        say "no NuGet package has a known vulnerability."
    else
        say "the NuGet feed carries no advisories: whether a package is vulnerable cannot be asked here."
    fi
fi

# The packages from npm check files and are part of nothing that runs.
report=$(npm audit --prefix eng/schemas --json 2>/dev/null </dev/null)
case $(grep -oE '"total": *[0-9]+' <<<"$report" | tail -n 1 | grep -oE '[0-9]+') in
    0) say "no npm package has a known vulnerability." ;;
    "") say "the npm feed carries no advisories: whether a package is vulnerable cannot be asked here." ;;
    *) say "npm packages with known vulnerabilities: npm audit --prefix eng/schemas"; failed=1 ;;
esac
exit $failed
