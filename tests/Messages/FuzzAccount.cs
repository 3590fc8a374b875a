using System.Diagnostics;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Tests.Messages;

/// <summary>
/// Feeds a decoder hostile messages and keeps account of them. Each message ends in exactly one way: at least one sample, one reason for the whole
/// message, or neither where the format says so. Whatever breaks that is thrown with the bytes that did it.
/// </summary>
internal sealed class FuzzAccount(FuzzFormat format) : ISampleSink
{
    /// <summary>Buffers grow with the largest message; nothing else may.</summary>
    private const long MaxBytesEach = 64L * 1024 * 1024;

    private readonly long[] _messages = new long[Enum.GetValues<DropReason>().Length];
    private readonly long[] _samples = new long[Enum.GetValues<DropReason>().Length];
    private int _acceptedNow;
    private int _droppedNow;

    public string Name => format.Name;

    public long Messages { get; private set; }

    /// <summary>Messages that gave at least one sample.</summary>
    public long Fruitful { get; private set; }

    /// <summary>Messages that hold none by their nature.</summary>
    public long Silent { get; private set; }

    /// <summary>Messages dropped whole, by reason.</summary>
    public IReadOnlyList<long> DroppedMessages => _messages;

    /// <summary>Samples accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>Samples dropped beside accepted ones, by reason.</summary>
    public IReadOnlyList<long> DroppedSamples => _samples;

    public TimeSpan Slowest { get; private set; }

    public long MostBytes { get; private set; }

    public static FuzzAccount Run(FuzzFormat format, long messages, int seed, TimeProvider clock)
    {
        var account = new FuzzAccount(format);
        var mutations = new Mutations(seed);
        var limits = new DecodeLimits(48 * 1024, new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, TimeSpan.FromHours(1), clock);
        IDecoder decoder = DecoderFactory.Create(format.Options(), limits);
        for (long i = 0; i < messages; i++)
        {
            (string topic, byte[] payload) = format.Seeds[mutations.Next(format.Seeds.Count)];
            account.Feed(decoder, new RawMessage(mutations.From(payload, format.Pieces), "k"u8.ToArray(), topic, 0, mutations.Next(3), Receipt.None));
        }

        return account;
    }

    public void Accept(DecodedSample sample)
    {
        _acceptedNow++;
        bool sound = sample.Series.Length > 0 && sample.Count > 0 && sample.Ticks > 0;
        int faults = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            sound &= sample.Name(i).Length <= DecodedSample.MaxNameBytes && !double.IsInfinity(sample.Value(i));
            faults += sample.Fault(i) is null ? 0 : 1;
        }

        if (!sound || faults != sample.NotFinite + sample.WrongType)
            throw new InvalidOperationException("A sample was accepted that is none.");
    }

    public void Drop(DropReason reason, int samples)
    {
        _droppedNow += samples;
        _samples[(int)reason] += samples;
    }

    private void Feed(IDecoder decoder, in RawMessage message)
    {
        _acceptedNow = 0;
        _droppedNow = 0;
        DropReason reason;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        try
        {
            reason = decoder.Decode(message, this);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{Name}: {error.GetType().Name} on {message.Topic} {Convert.ToHexString(message.Payload.Span)}", error);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(started);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Slowest = time > Slowest ? time : Slowest;
        MostBytes = Math.Max(MostBytes, bytes);

        // Dropped samples are told of only beside accepted ones; a message with a reason has told of nothing.
        bool one = reason != DropReason.None ? _acceptedNow + _droppedNow == 0 : _acceptedNow > 0 || (_droppedNow == 0 && format.HoldsNone(message));
        if (!one || bytes > MaxBytesEach)
        {
            throw new InvalidOperationException(
                $"{Name}: {reason}, {_acceptedNow} samples, {_droppedNow} dropped, {bytes} bytes allocated on {message.Topic} {Convert.ToHexString(message.Payload.Span)}");
        }

        Messages++;
        Accepted += _acceptedNow;
        if (reason != DropReason.None)
            _messages[(int)reason]++;
        else if (_acceptedNow > 0)
            Fruitful++;
        else
            Silent++;
    }
}
