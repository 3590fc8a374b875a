using System.Globalization;
using Detector.Tests.Support;
using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class DefaultMetricsTests
{
    private static readonly string[] ProcessMetrics =
    [
        "dotnet_collection_count_total", "process_start_time_seconds", "process_cpu_seconds_total", "process_virtual_memory_bytes", "process_working_set_bytes",
        "process_private_memory_bytes", "process_open_handles", "process_num_threads", "dotnet_total_memory_bytes",
    ];

    [Fact]
    public async Task DotNetStats_InAnyRegistry_ExportTheProcess()
    {
        var registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        var lines = await registry.LinesAsync();
        Assert.Equal(ProcessMetrics, Names(lines));
        Assert.Contains("# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.", lines);
        Assert.Contains("# TYPE process_cpu_seconds_total counter", lines);

        var values = lines.Where(line => !line.StartsWith('#')).ToDictionary(
            line => line.Split(' ')[0], line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.Equal(["0", "1", "2"], values.Keys.Where(name => name.StartsWith("dotnet_collection", StringComparison.Ordinal)).Select(name => name.Split('"')[1]));
        foreach (var (name, value) in values.Where(v => !v.Key.StartsWith("dotnet_collection", StringComparison.Ordinal))) Assert.True(value > 0, name);

        var start = DateTimeOffset.UnixEpoch.AddSeconds(values["process_start_time_seconds"]);
        Assert.InRange(TimeProvider.System.GetUtcNow() - start, TimeSpan.Zero, TimeSpan.FromHours(1));

        var check = await ExternalTool.RunAsync("promtool", ["check", "metrics"], input: await registry.TextAsync());
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    // The one test that exports the default registry: what it holds is settled by its first export.
    [Fact]
    public async Task DefaultRegistry_WithoutEventCountersAndMeters_HoldsProcessAndOwnMetrics()
    {
        Metrics.SuppressDefaultMetrics();
        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true, SuppressMeters = true });
        Metrics.CreateCounter("of_the_program_total", "Ours.", "source").WithLabels("plant").Inc();
        Metrics.CreateGauge("of_the_program", "Ours.").Set(1);
        Metrics.CreateHistogram("of_the_program_seconds", "Ours.", new HistogramConfiguration { Buckets = [1] });
        Metrics.WithLabels(new Dictionary<string, string> { ["site"] = "north" }).CreateGauge("of_the_site", "Ours.").Set(2);

        await Metrics.DefaultRegistry.TextAsync();
        var lines = await Metrics.DefaultRegistry.LinesAsync();
        string[] expected = ["of_the_program_total", "of_the_program", "of_the_program_seconds", "of_the_site", .. ProcessMetrics, "prometheus_net_metric_families", "prometheus_net_metric_instances", "prometheus_net_metric_timeseries"];
        Assert.Equal(expected, Names(lines).Where(name => name != "prometheus_net_exemplars_recorded_total"));
        Assert.Contains("of_the_program_total{source=\"plant\"} 1", lines);
        Assert.Contains("of_the_site{site=\"north\"} 2", lines);
        Assert.Contains("prometheus_net_metric_families{metric_type=\"histogram\"} 1", lines);
        Assert.Contains("prometheus_net_metric_instances{metric_type=\"histogram\"} 1", lines);
        Assert.Contains("prometheus_net_metric_timeseries{metric_type=\"histogram\"} 4", lines);
        Assert.Contains("prometheus_net_metric_families{metric_type=\"summary\"} 0", lines);

        // Too late to change what is there.
        Metrics.SuppressDefaultMetrics();
        Assert.Contains("# TYPE process_num_threads gauge", await Metrics.DefaultRegistry.LinesAsync());
    }

    private static IEnumerable<string> Names(string[] lines) =>
        lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]);
}
