using System.Text;
using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

internal static class Scrape
{
    public static async Task<string> TextAsync(this CollectorRegistry registry, ExpositionFormat format = ExpositionFormat.PrometheusText)
    {
        using var stream = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(stream, format, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static async Task<string[]> LinesAsync(this CollectorRegistry registry, ExpositionFormat format = ExpositionFormat.PrometheusText) =>
        (await registry.TextAsync(format)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines that carry values, without the declarations.</summary>
    public static async Task<string[]> SeriesAsync(this CollectorRegistry registry, ExpositionFormat format = ExpositionFormat.PrometheusText) =>
        [.. (await registry.LinesAsync(format)).Where(line => !line.StartsWith('#'))];
}
