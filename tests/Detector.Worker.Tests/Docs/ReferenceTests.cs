using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Telemetry;
using Detector.Worker.Tests.Cli;
using Prometheus;

namespace Detector.Worker.Tests.Docs;

/// <summary>The references under docs/ are what the code says.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("configuration")]
    [InlineData("metrics")]
    [InlineData("commands")]
    public async Task Document_OfTheRepository_IsWhatTheCommandWrites(string what)
    {
        ToolResult result = await InProcess.RunAsync("reference", what);

        // If this fails, eng/docs.sh writes it anew.
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.Equal(await File.ReadAllTextAsync(RepositoryFiles.Path("docs", $"{what}.md"), TestContext.Current.CancellationToken), result.Output);
    }

    [Fact]
    public async Task MetricsReference_Families_AreAllThatTheRegistryExports()
    {
        CollectorRegistry registry = Metrics.NewCustomRegistry();
        _ = new DetectorMetrics(registry);
        using var stream = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        string[] exported = [.. Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Where(line => line.StartsWith("# TYPE detector_", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2]).Order(StringComparer.Ordinal)];

        Assert.Equal(exported, MetricsReference.Families().Select(family => family.Name));
    }
}
