using Detector.Worker.Contracts;
using Detector.Worker.Decoding;
using Detector.Worker.Ingestion;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Cli;

/// <summary>Reads CSV files for the commands that work on files, with the service's own source and decoder.</summary>
internal static class CsvInput
{
    /// <summary>A decoder for rows of one series, at any time in history.</summary>
    public static IDecoder Decoder(string series, IReadOnlyList<string> ignore, TimeProvider clock) => DecoderFactory.Create(
        new DecodeOptions { Format = "csv", Series = "=" + series, Ignore = [.. ignore] },
        new DecodeLimits(MaxMessageBytes: 1024 * 1024, EarliestTicks: 0, MaxFuture: TimeSpan.FromDays(365_000), clock));

    /// <summary>Hands every line of the file over.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Read(string path, IMessageSink sink)
    {
        using ISource source = SourceFactory.Create("input", new SourceOptions { Type = "file", Path = path }, NullLoggerFactory.Instance);
        source.Run(sink, CancellationToken.None);
    }
}
