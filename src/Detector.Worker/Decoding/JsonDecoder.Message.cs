using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

// What a sample takes over from the message where it says nothing itself: series, feature and time.
internal sealed partial class JsonDecoder
{
    private byte[] _outerSeries = new byte[64];
    private byte[] _outerName = new byte[64];
    private int _outerSeriesLength;
    private int _outerNameLength;
    private long _outerTicks;
    private DropReason _outerTimeFault;
    private Range _array;

    /// <summary>Takes what the message says outside its payload.</summary>
    private void BeginMessage(in RawMessage message)
    {
        long now = _limits.NowTicks();
        _latest = _limits.LatestTicks(now);
        _outerTicks = _time.FromMessage(message, now);
        _outerTimeFault = _outerTicks == 0 ? DropReason.MissingTimestamp : DropReason.None;
        Keep(_series.FromMessage(message), ref _outerSeries, out _outerSeriesLength);
        Keep(_feature is null ? default : _feature.FromMessage(message), ref _outerName, out _outerNameLength);
    }

    /// <summary>Reads the object around the array of samples, whose series, feature and time hold for all that have none of their own.</summary>
    /// <param name="reader">On return at the start of the array.</param>
    private bool TryOpen(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, out DropReason reason)
    {
        reason = DropReason.NoFeatures;
        _array = default;
        BeginSample();
        Paths open = Inside | Paths.Samples;
        ReadProperties(ref reader, 0, open, false, 0);
        reader.Read();
        ReadOnlySpan<byte> array = json[_array];
        if (_array.Equals(default))
            return false;
        reason = DropReason.WrongType;
        if (array.IsEmpty)
            return false;

        _outerTicks = _ticks;
        _outerTimeFault = _timeFault;
        Keep(_hasSeries ? _sample.Series : default, ref _outerSeries, out _outerSeriesLength);
        Keep(_hasName ? _featureName.AsSpan(0, _featureNameLength) : default, ref _outerName, out _outerNameLength);
        reader = new Utf8JsonReader(array, s_reading);
        return reader.Read();
    }

    private static void Keep(ReadOnlySpan<byte> text, ref byte[] kept, out int length)
    {
        if (text.Length > kept.Length)
            kept = new byte[NameRule.MaxBytes];
        text.CopyTo(kept);
        length = text.Length;
    }
}
