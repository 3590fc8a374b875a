using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>The last look at a sample before it is handed over.</summary>
internal static class SampleChecks
{
    /// <summary>Why an event time cannot be used, or <see cref="DropReason.None"/>.</summary>
    public static DropReason Time(long ticks, long earliest, long latest) =>
        ticks < earliest ? DropReason.TimestampPast : ticks > latest ? DropReason.TimestampFuture : DropReason.None;

    /// <summary>Why the values cannot be used, or <see cref="DropReason.None"/>: a sample with every value missing can.</summary>
    public static DropReason Values(DecodedSample sample) =>
        sample.IsOverfull ? DropReason.FeatureLimit : sample.Count == 0 ? DropReason.NoFeatures : sample.WrongType == sample.Count ? DropReason.WrongType : DropReason.None;
}
