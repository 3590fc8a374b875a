using System.Globalization;
using System.Text;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A machine whose sensors come and go: those of <see cref="Rows"/>, of which one is taken away, and one that is added.</summary>
internal sealed class Sensors
{
    public const string Added = "d", Removed = "c";

    /// <summary>Row from which on there is a sensor more.</summary>
    public int AddedAt { get; init; } = int.MaxValue;

    /// <summary>Row from which on there is one less.</summary>
    public int RemovedAt { get; init; } = int.MaxValue;

    /// <summary>Rows at which the added sensor alone shows a fault.</summary>
    public Range Fault { get; init; }

    /// <summary>Whether each sensor sends a message of its own.</summary>
    public bool OneByOne { get; init; }

    public IEnumerable<string> Messages(string series, int first, int count) => Enumerable.Range(first, count).SelectMany(row =>
    {
        (string Name, double Value)[] values = [.. Values(row)];
        return OneByOne ? values.Select(value => Json(series, row, [value])) : [Json(series, row, values)];
    });

    private IEnumerable<(string Name, double Value)> Values(int row)
    {
        double[] values = Rows.Values(row);
        for (int f = 0; f < values.Length; f++)
        {
            if (Rows.Features[f] != Removed || row < RemovedAt)
                yield return (Rows.Features[f], values[f]);
        }

        bool isFaulty = row >= Fault.Start.Value && row < Fault.End.Value;
        if (row >= AddedAt)
            yield return (Added, 2 + 4 * Math.Cos(row * Math.Tau / 23) + 0.3 * new Random(row).NextDouble() + (isFaulty ? 9 : 0));
    }

    private static string Json(string series, int row, (string Name, double Value)[] values)
    {
        var text = new StringBuilder($$"""{"id":"{{series}}","timestamp":"{{Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}}","values":{""");
        for (int i = 0; i < values.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\"{values[i].Name}\":{values[i].Value:R}");
        return text.Append("}}").ToString();
    }
}
