namespace Detector.Worker.State;

/// <summary>A record of a partition's state, by its name: up to three pieces that follow one another, which need not be joined before they are written.</summary>
internal readonly record struct StateRecord(string Name, ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second = default, ReadOnlyMemory<byte> Third = default)
{
    /// <summary>Whether it is no longer kept.</summary>
    public bool IsGone { get; init; }

    /// <summary>Bytes of the pieces.</summary>
    public int Length => First.Length + Second.Length + Third.Length;

    /// <param name="value">Null for a record that is no longer kept.</param>
    public static StateRecord Of(string name, byte[]? value) => new(name, value) { IsGone = value is null };

    public void CopyTo(Span<byte> bytes)
    {
        First.Span.CopyTo(bytes);
        Second.Span.CopyTo(bytes[First.Length..]);
        Third.Span.CopyTo(bytes[(First.Length + Second.Length)..]);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(First.Span);
        writer.Write(Second.Span);
        writer.Write(Third.Span);
    }
}
