using Detector.Worker.Contracts;
using Detector.Worker.Decoding;
using Detector.Worker.Ingestion;

namespace Detector.Worker.Hosting;

/// <summary>The decoder of a configured source.</summary>
internal static class SourceDecoder
{
    public static IDecoder Create(SourceOptions options, TimeProvider clock) => DecoderFactory.Create(
        options.Decode, new DecodeLimits(options.MaxMessageBytes, options.EarliestTimestamp.UtcTicks, options.MaxFuture, clock));
}
