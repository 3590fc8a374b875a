using System.Text;

namespace Detector.Worker.Decoding;

/// <summary>Which of a message's names are features: those that are wanted, or all but the ignored.</summary>
internal sealed class FeatureFilter(DecodeOptions options)
{
    private readonly byte[][]? _wanted = options.Features is null ? null
        : Bytes(options.Features.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private readonly byte[][] _ignored = Bytes(options.Ignore);

    /// <summary>Whether a name is a feature, under which of its two forms it may be listed.</summary>
    /// <param name="name">The name in the message.</param>
    /// <param name="full">The feature's name, of which the other is the end.</param>
    public bool Takes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> full) =>
        _wanted is null ? !Holds(_ignored, name) && !Holds(_ignored, full) : Holds(_wanted, name) || Holds(_wanted, full);

    private static byte[][] Bytes(IEnumerable<string> names) => [.. names.Select(Encoding.UTF8.GetBytes)];

    private static bool Holds(byte[][] names, ReadOnlySpan<byte> name)
    {
        foreach (byte[] other in names)
        {
            if (name.SequenceEqual(other))
                return true;
        }

        return false;
    }
}
