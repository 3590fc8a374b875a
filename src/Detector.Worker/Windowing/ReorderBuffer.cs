using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

/// <summary>
/// Holds the samples of one series back for the allowed lateness and releases them in event-time order.
/// A sample at the time of another is a duplicate unless it has a value of a feature that the other lacks: devices that send one value a message
/// give their samples one time and a part of the features each. Such parts are released one after the other.
/// Owned by one thread; after every <see cref="Add"/> the owner takes until <see cref="TryTake"/> says no. Allocates nothing once it has grown to its size.
/// </summary>
internal sealed partial class ReorderBuffer(TimeSpan allowedLateness)
{
    /// <summary>Samples held at most; beyond it the oldest are released before their lateness is over.</summary>
    public const int MaxRows = 65_536;

    private readonly long _lateness = allowedLateness.Ticks;

    // Sorted by ticks: entry i is at (_head + i) & (length - 1). Entries point at rows of the slab, which stay where they are.
    private Entry[] _entries = new Entry[8];
    private int _head;
    private int[] _freeSlots = new int[8];
    private int _freeCount;
    private int _slots;
    private double[] _slab = [];
    private int _width;

    private long _maxTicks = long.MinValue;
    private long _dueTicks = long.MinValue;
    private long _releasedTicks = long.MinValue;
    private double[] _released = []; // what was released at _releasedTicks, all parts together

    /// <summary>Samples held.</summary>
    public int Count { get; private set; }

    /// <summary>Holds a sample. A sample that is dropped leaves its receipt with the caller.</summary>
    /// <param name="ticks">Event time in ticks.</param>
    /// <param name="values">One value for each feature known so far; later samples may have more.</param>
    /// <returns><see cref="DropReason.None"/>, <see cref="DropReason.Late"/> or <see cref="DropReason.Duplicate"/>.</returns>
    public DropReason Add(long ticks, ReadOnlySpan<double> values, Receipt receipt)
    {
        if (ticks < _releasedTicks)
            return DropReason.Late;

        int position = UpperBound(ticks);
        if (IsDuplicate(ticks, values, position))
            return DropReason.Duplicate;

        if (values.Length > _width)
            Widen(values.Length);
        int slot = TakeSlot();
        Span<double> row = _slab.AsSpan(slot * _width, _width);
        values.CopyTo(row);
        row[values.Length..].Fill(double.NaN);
        Insert(position, new Entry(ticks, slot, receipt));

        if (ticks > _maxTicks)
        {
            _maxTicks = ticks;
            _dueTicks = Math.Max(_dueTicks, ticks - _lateness);
        }

        return DropReason.None;
    }

    /// <summary>Releases the next sample that is due: no later than the newest one less the lateness.</summary>
    /// <param name="values">As wide as the widest sample so far, NaN where the sample had no such feature; valid until the next <see cref="Add"/>.</param>
    public bool TryTake(out long ticks, out ReadOnlySpan<double> values, out Receipt receipt)
    {
        if (Count == 0 || (_entries[_head].Ticks > _dueTicks && Count <= MaxRows))
        {
            ticks = 0;
            values = default;
            receipt = default;
            return false;
        }

        ref Entry entry = ref _entries[_head];
        ticks = entry.Ticks;
        receipt = entry.Receipt;
        values = _slab.AsSpan(entry.Slot * _width, _width);
        Remember(ticks, values);
        _freeSlots[_freeCount++] = entry.Slot;
        entry = default;
        _head = (_head + 1) & (_entries.Length - 1);
        Count--;
        return true;
    }

    /// <summary>Makes everything held due: no earlier sample is to be expected.</summary>
    public void EndOfInput() => _dueTicks = Math.Max(_dueTicks, _maxTicks);

    /// <summary>Whether every value of the sample is of a feature that is known already at that time, held or released.</summary>
    /// <param name="end">Where held samples end that are not later.</param>
    private bool IsDuplicate(long ticks, ReadOnlySpan<double> values, int end)
    {
        bool released = ticks == _releasedTicks;
        if (!released && (end == 0 || At(end - 1).Ticks != ticks))
            return false;
        for (int feature = 0; feature < values.Length; feature++)
        {
            if (double.IsNaN(values[feature]) || (released && feature < _released.Length && !double.IsNaN(_released[feature])))
                continue;
            if (!IsHeld(ticks, feature, end))
                return false;
        }

        return true;
    }

    private bool IsHeld(long ticks, int feature, int end)
    {
        if (feature >= _width)
            return false;
        for (int i = end - 1; i >= 0 && At(i).Ticks == ticks; i--)
        {
            if (!double.IsNaN(_slab[(At(i).Slot * _width) + feature]))
                return true;
        }

        return false;
    }

    private void Remember(long ticks, ReadOnlySpan<double> values)
    {
        bool same = ticks == _releasedTicks;
        _releasedTicks = ticks;
        for (int i = 0; i < values.Length; i++)
        {
            if (!same || !double.IsNaN(values[i]))
                _released[i] = values[i];
        }
    }

    private ref Entry At(int index) => ref _entries[(_head + index) & (_entries.Length - 1)];

    /// <summary>Number of held samples that are not after <paramref name="ticks"/>.</summary>
    private int UpperBound(long ticks)
    {
        if (Count == 0 || At(Count - 1).Ticks <= ticks)
            return Count;
        int low = 0;
        int high = Count - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (At(middle).Ticks <= ticks)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Insert(int position, Entry entry)
    {
        if (Count == _entries.Length)
            GrowEntries();
        for (int i = Count; i > position; i--)
            At(i) = At(i - 1);
        At(position) = entry;
        Count++;
    }

    private int TakeSlot()
    {
        if (_freeCount > 0)
            return _freeSlots[--_freeCount];
        int slot = _slots++;
        if (_slots * _width > _slab.Length)
            Array.Resize(ref _slab, Math.Max(_slots * _width, _slab.Length * 2));
        if (_slots > _freeSlots.Length)
            Array.Resize(ref _freeSlots, _freeSlots.Length * 2);
        return slot;
    }

    private void GrowEntries()
    {
        var larger = new Entry[_entries.Length * 2];
        for (int i = 0; i < Count; i++)
            larger[i] = At(i);
        _entries = larger;
        _head = 0;
    }

    private void Widen(int width)
    {
        var wider = new double[Math.Max(_slots, 1) * width];
        Array.Fill(wider, double.NaN);
        for (int slot = 0; slot < _slots; slot++)
            _slab.AsSpan(slot * _width, _width).CopyTo(wider.AsSpan(slot * width));
        _slab = wider;
        int known = _released.Length;
        Array.Resize(ref _released, width);
        _released.AsSpan(known).Fill(double.NaN);
        _width = width;
    }

    private readonly record struct Entry(long Ticks, int Slot, Receipt Receipt);
}
