using System.Text;

namespace Detector.Worker.Decoding;

/// <summary>What each column of a CSV stream is for. Names are compared without regard to case.</summary>
internal sealed class CsvColumns
{
    private readonly byte[]?[] _features;

    /// <summary>Assigns the columns of a header.</summary>
    public CsvColumns(IReadOnlyList<string> names, DecodeOptions options, NameRule series)
    {
        string timestamp = options.Timestamp ?? "timestamp";
        bool outside = TimestampRule.IsOutside(options.Timestamp);
        string[]? wanted = options.Features?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _features = new byte[]?[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            if (Timestamp < 0 && !outside && Same(names[i], timestamp))
                Timestamp = i;
            else if (Series < 0 && series.Column is { } column && Same(names[i], column))
                Series = i;
            else if (wanted is null ? !Holds(options.Ignore, names[i]) : Holds(wanted, names[i]))
                _features[i] = Encoding.UTF8.GetBytes(names[i]);
        }

        TimestampName = Encoding.UTF8.GetBytes(timestamp);
    }

    public int Count => _features.Length;

    /// <summary>Index of the event time, -1 when no column is named so.</summary>
    public int Timestamp { get; } = -1;

    /// <summary>Index of the series, -1 when it is named otherwise.</summary>
    public int Series { get; } = -1;

    /// <summary>Name that the timestamp column was looked for by.</summary>
    public ReadOnlyMemory<byte> TimestampName { get; }

    /// <summary>Name of the feature in a column; null when it holds none.</summary>
    public byte[]? Feature(int index) => _features[index];

    private static bool Holds(IEnumerable<string> names, string name) => names.Any(other => Same(other, name));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
