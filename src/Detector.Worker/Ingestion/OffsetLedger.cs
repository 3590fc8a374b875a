using System.Numerics;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>
/// The unfinished messages of one partition: a ring of claim counts, in the order of the offsets. The source thread begins messages and takes
/// the finished prefix; any thread retains and releases. Allocates nothing after construction.
/// </summary>
/// <param name="capacity">Messages that may be unfinished at a time.</param>
internal sealed class OffsetLedger(int capacity) : IReceiptLedger
{
    // A power of two: places are found several times a message, and a remainder costs more than all the rest of it.
    private readonly int[] _claims = new int[BitOperations.RoundUpToPowerOf2((uint)capacity)];
    private readonly long[] _offsets = new long[BitOperations.RoundUpToPowerOf2((uint)capacity)];
    private long _begun; // ticket of the next message
    private long _finished; // every earlier ticket is finished; source thread only
    private long _taken; // prefix handed out last
    private long _saved = -1;
    private long _nextOffset; // behind the last finished message, whose slot may be taken again already

    /// <summary>Whether positions are taken as <see cref="Saved"/> says, and not as messages are finished.</summary>
    public bool KeepsState { get; set; }

    /// <summary>Writes what the source needs of the partition beside its position.</summary>
    public Action<BinaryWriter>? Saving { get; init; }

    /// <summary>Messages that are unfinished, or finished behind an unfinished one.</summary>
    public int InFlight
    {
        get
        {
            Advance();
            return (int)(_begun - _finished);
        }
    }

    /// <summary>Begins a message, with one claim. False when too many are unfinished.</summary>
    public bool TryBegin(long offset, out Receipt receipt)
    {
        if (_begun - _finished >= capacity)
            Advance();
        if (_begun - _finished >= capacity)
        {
            receipt = default;
            return false;
        }

        int slot = Slot(_begun);
        _offsets[slot] = offset;
        Volatile.Write(ref _claims[slot], 1);
        receipt = new Receipt(this, _begun++);
        return true;
    }

    public void Retain(long ticket) => Interlocked.Increment(ref _claims[Slot(ticket)]);

    /// <exception cref="InvalidOperationException">The message was released more often than it was retained, which is a bug.</exception>
    public void Release(long ticket)
    {
        if (Interlocked.Decrement(ref _claims[Slot(ticket)]) < 0)
            throw new InvalidOperationException($"The message with ticket {ticket} was released more often than it was retained.");
    }

    public void Saved(long position) => Volatile.Write(ref _saved, position);

    public void Save(BinaryWriter writer) => Saving?.Invoke(writer);

    /// <summary>The offset after the last message of the finished prefix, or up to which state is saved, if it has changed since the last call.</summary>
    public bool TryTakeFinished(out long nextOffset)
    {
        if (KeepsState)
        {
            nextOffset = Volatile.Read(ref _saved);
            bool changed = nextOffset >= 0 && nextOffset != _taken;
            _taken = changed ? nextOffset : _taken;
            return changed;
        }

        Advance();
        nextOffset = _nextOffset;
        if (_finished == _taken)
            return false;
        _taken = _finished;
        return true;
    }

    private int Slot(long ticket) => (int)ticket & (_claims.Length - 1);

    private void Advance()
    {
        while (_finished < _begun && Volatile.Read(ref _claims[Slot(_finished)]) == 0)
            _nextOffset = _offsets[Slot(_finished++)] + 1;
    }
}
