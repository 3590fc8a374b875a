using Detector.Worker.Contracts;
using Detector.Worker.Decoding.LineProtocol;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Decoding.Sparkplug;

namespace Detector.Worker.Decoding;

/// <summary>Makes the decoder that a source's options name.</summary>
internal static class DecoderFactory
{
    /// <summary>The format of lines of text.</summary>
    public const string Logs = "logs";

    /// <summary>Formats by the name the configuration uses.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "csv", "influx", "sparkplug", Logs];

    /// <exception cref="ArgumentException">The options do not pass <see cref="DecodeOptionsCheck"/>.</exception>
    public static IDecoder Create(DecodeOptions options, DecodeLimits limits)
    {
        IReadOnlyList<string> errors = DecodeOptionsCheck.Errors(options, "Decode");
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        return options.Format switch
        {
            "csv" => new CsvDecoder(options, limits),
            "influx" => new LineProtocolDecoder(options, limits),
            Logs => new LogDecoder(options, limits),
            "sparkplug" => new SparkplugDecoder(options, limits),
            _ => new JsonDecoder(options, limits),
        };
    }
}
