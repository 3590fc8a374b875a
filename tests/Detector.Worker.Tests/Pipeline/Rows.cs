using System.Globalization;
using System.Text;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A made-up machine with three sensors, one row a second: two waves that belong together, and noise. The same every time.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Start = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly string[] Features = ["a", "b", "c"];

    public static DateTimeOffset Time(int row) => Start.AddSeconds(row);

    /// <summary>Sensor values of a row; between <paramref name="faultFrom"/> and eight rows later the sensors no longer belong together.</summary>
    public static double[] Values(int row, int seed = 1, int faultFrom = int.MaxValue)
    {
        var random = new Random(seed * 100_003 + row);
        double wave = Math.Sin(row * Math.Tau / 23);
        double[] values = [10 * wave + 0.3 * random.NextDouble(), 5 - 3 * wave + 0.3 * random.NextDouble(), 0.5 * random.NextDouble()];
        if (row >= faultFrom && row < faultFrom + 8)
            values[1] += 12;
        return values;
    }

    /// <summary>Sensor values that are noisy until the first model is learned: what comes then is normal to it, and a later model sees more than that does.</summary>
    public static double[] Settling(int row, int seed = 1)
    {
        double[] values = Values(row, seed);
        if (row < TestPipeline.TrainRows)
            values[1] += 8 * (new Random(seed * 200_003 + row).NextDouble() - 0.5);
        return values;
    }

    /// <summary>A row as a JSON message.</summary>
    public static string Json(string series, int row, ReadOnlySpan<double> values)
    {
        var text = new StringBuilder($$"""{"id":"{{series}}","timestamp":"{{Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}}","values":{""");
        for (int i = 0; i < values.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\"{Features[i]}\":{values[i]:R}");
        return text.Append("}}").ToString();
    }

    /// <summary>Rows of one series that settles.</summary>
    public static IEnumerable<string> SettlingMessages(string series, int first, int count, int seed = 1) =>
        Enumerable.Range(first, count).Select(row => Json(series, row, Settling(row, seed)));

    /// <summary>Rows of one series.</summary>
    public static IEnumerable<string> Messages(string series, int first, int count, int seed = 1, int faultFrom = int.MaxValue) =>
        Enumerable.Range(first, count).Select(row => Json(series, row, Values(row, seed, faultFrom)));
}
