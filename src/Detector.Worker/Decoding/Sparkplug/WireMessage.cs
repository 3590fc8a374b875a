using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>A protobuf message that is read into one object again and again, and never written. Fields that nobody asks for are skipped unread.</summary>
internal abstract class WireMessage<T> : IMessage<T>, IBufferMessage
    where T : WireMessage<T>
{
    MessageDescriptor IMessage.Descriptor => throw Unsupported();

    /// <summary>Reads the fields up to the message's end.</summary>
    public void InternalMergeFrom(ref ParseContext input)
    {
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (!TryReadField(tag, ref input))
                UnknownFieldSet.MergeFieldFrom(null, ref input);
        }
    }

    public void MergeFrom(CodedInputStream input) => throw Unsupported();

    public void MergeFrom(T message) => throw Unsupported();

    public T Clone() => throw Unsupported();

    public bool Equals(T? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public void WriteTo(CodedOutputStream output) => throw Unsupported();

    public void InternalWriteTo(ref WriteContext output) => throw Unsupported();

    public int CalculateSize() => throw Unsupported();

    /// <summary>Reads a field; false when it is not one of those wanted.</summary>
    /// <param name="tag">Field number times 8, plus the wire type.</param>
    protected abstract bool TryReadField(uint tag, ref ParseContext input);

    private static NotSupportedException Unsupported() => new("The message can be read only.");
}
