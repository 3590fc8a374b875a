using System.Text.RegularExpressions;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>
/// What eng/publish.sh builds, which is what the image holds and the unit starts: by the unit's own command line, as an unprivileged user, on a
/// read-only tree.
/// </summary>
public sealed class PublishedFolderTests(TrainedPlant trained) : IDisposable
{
    private static readonly TimeSpan s_build = TimeSpan.FromMinutes(9);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_UnitsCommandLine_ServesWithoutRightsOnAReadOnlyTree()
    {
        Assert.True(Environment.IsPrivilegedProcess, "This test needs root, as CI has it, to give all rights away in a namespace of its own.");
        await trained.OutcomeAsync();
        string folder = Path.Combine(_directory.Path, "published");
        ToolResult published = await ExternalTool.RunAsync("bash", [RepositoryFiles.Path("eng", "publish.sh"), folder], timeout: s_build);
        Assert.True(published.ExitCode == 0, published.Output + published.Error);

        using var plant = new Plant(trained.State);
        await plant.EditAsync(detector => detector["State"]!["Directory"] = "/var/lib/detector");
        using var manager = new NotifyInbox($"@detector-test-{Guid.NewGuid():N}");
        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = manager.Name, ["DOTNET_EnableDiagnostics"] = "0" };
        ExternalTool process = ExternalTool.Start("unshare", ["--mount", "--propagation", "private", "bash", "-ec", Sandbox(folder, plant)], environment: environment);
        await using RunningService service = await RunningService.StartAsync(process);
        await manager.UntilAsync("READY=1");
        await plant.ProduceAsync(new PumpRows().Take(60));
        await service.WaitForMetricAsync(60 - 31, "detector_windows_scored_total");

        string status = await File.ReadAllTextAsync($"/proc/{process.ProcessId}/status", TestContext.Current.CancellationToken);
        Assert.Matches(@"Uid:\s+65534\s+65534\s+65534\s+65534", status);
        Assert.Matches(@"CapEff:\s+0000000000000000", status);
        Assert.Matches(@"NoNewPrivs:\s+1", status);
        Assert.Contains("the tree is read-only", process.Error, StringComparison.Ordinal);
        Assert.Contains("configuration is valid", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Training", process.Error, StringComparison.Ordinal);
        await service.StopAsync();
    }

    /// <summary>Lays folder, configuration and state where the unit has them, makes all but the state read-only, gives all rights away, and starts.</summary>
    private string Sandbox(string folder, Plant plant)
    {
        string unit = File.ReadAllText(RepositoryFiles.Path("deploy", "systemd", "detector.service"));
        string Command(string key) => Regex.Match(unit, $"^{key}=(.*)$", RegexOptions.Multiline).Groups[1].Value;
        string layers = Path.Combine(_directory.Path, "layers");
        return $"""
            mkdir -p {layers} && mount -t tmpfs tmpfs {layers}
            for place in /usr/lib /etc /var/lib; do
                mkdir -p {layers}/$place/upper {layers}/$place/work
                mount -t overlay overlay -o lowerdir=$place,upperdir={layers}/$place/upper,workdir={layers}/$place/work $place
                mkdir -p $place/detector
            done
            mount --bind {folder} /usr/lib/detector
            cp {plant.Configuration} /etc/detector/config.json
            chmod 644 /etc/detector/config.json
            cp -r {plant.State} {layers}/state && chown -R 65534:65534 {layers}/state && chmod 700 {layers}/state
            mount --bind {layers}/state /var/lib/detector
            for place in / /usr/lib /usr/lib/detector /etc /var/lib; do mount -o remount,bind,ro $place; done
            cd /var/lib/detector
            exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all bash -ec '
                for place in /usr/lib/detector /usr/lib /etc /var/lib /; do if touch $place/mine 2>/dev/null; then echo "$place can be written"; exit 1; fi; done
                echo the tree is read-only >&2
                {Command("ExecStartPre")}
                exec {Command("ExecStart")}'
            """;
    }
}
