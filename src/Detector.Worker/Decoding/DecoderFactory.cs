using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>Makes the decoder that a source's options name.</summary>
internal static class DecoderFactory
{
    /// <summary>Formats by the name the configuration uses.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "csv"];

    /// <exception cref="ArgumentException">The options do not pass <see cref="DecodeOptionsCheck"/>.</exception>
    public static IDecoder Create(DecodeOptions options, DecodeLimits limits)
    {
        IReadOnlyList<string> errors = DecodeOptionsCheck.Errors(options, "Decode");
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        return options.Format == "csv" ? new CsvDecoder(options, limits) : new JsonDecoder(options, limits);
    }
}
