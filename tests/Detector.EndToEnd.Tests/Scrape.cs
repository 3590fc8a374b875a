using System.Globalization;

namespace Detector.EndToEnd.Tests;

/// <summary>The endpoint of a running service, and what its metrics say.</summary>
internal sealed class Scrape(Uri url) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = url };

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<string> MetricsAsync() => _client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Sum of the series of a family that carry all these labels, or its only one where it has none.</summary>
    /// <param name="labels">As they stand in the text, <c>reason="late"</c>.</param>
    public static double Value(string metrics, string family, params string[] labels) => metrics.Split('\n')
        .Where(line => line.StartsWith(family, StringComparison.Ordinal) && line[family.Length] is '{' or ' ' && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public void Dispose() => _client.Dispose();
}
