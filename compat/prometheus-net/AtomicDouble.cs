namespace Prometheus;

/// <summary>A double that many threads may change at once without a lock.</summary>
internal struct AtomicDouble
{
    private long _bits;

    public double Value
    {
        readonly get => BitConverter.Int64BitsToDouble(Volatile.Read(in _bits));
        set => Interlocked.Exchange(ref _bits, BitConverter.DoubleToInt64Bits(value));
    }

    public void Add(double increment)
    {
        long before;
        do
        {
            before = Volatile.Read(ref _bits);
        }
        while (!Swap(before, BitConverter.Int64BitsToDouble(before) + increment));
    }

    /// <summary>Raises the value to <paramref name="target"/>; a greater value stays.</summary>
    public void RaiseTo(double target)
    {
        long before;
        do
        {
            before = Volatile.Read(ref _bits);
            if (BitConverter.Int64BitsToDouble(before) >= target) return;
        }
        while (!Swap(before, target));
    }

    /// <summary>Lowers the value to <paramref name="target"/>; a smaller value stays.</summary>
    public void LowerTo(double target)
    {
        long before;
        do
        {
            before = Volatile.Read(ref _bits);
            if (BitConverter.Int64BitsToDouble(before) <= target) return;
        }
        while (!Swap(before, target));
    }

    // Compares bits, not numbers: a NaN would never equal itself.
    private bool Swap(long before, double after) =>
        Interlocked.CompareExchange(ref _bits, BitConverter.DoubleToInt64Bits(after), before) == before;
}
