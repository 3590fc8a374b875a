using System.Text;

namespace MQTTnet.Packets;

/// <summary>A name and a value that travel with a packet (MQTT 5).</summary>
public sealed class MqttUserProperty : IEquatable<MqttUserProperty>
{
    [Obsolete("Please use more performance constructor with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttUserProperty(string name, string value)
        : this(name, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value ?? throw new ArgumentNullException(nameof(value))))
    {
    }

    public MqttUserProperty(string name, ArraySegment<byte> value)
        : this(name, (ReadOnlyMemory<byte>)(value.Array is null ? throw new ArgumentNullException(nameof(value)) : value))
    {
    }

    public MqttUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        ValueBuffer = value;
    }

    public string Name { get; }

    /// <summary>The value in UTF-8.</summary>
    public ReadOnlyMemory<byte> ValueBuffer { get; }

    [Obsolete("Please use more performance property ValueBuffer or the MqttUserPropertyExtensionMethod `ReadValueAsString`")]
    public string Value => this.ReadValueAsString();

    public bool Equals(MqttUserProperty other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && ValueBuffer.Span.SequenceEqual(other.ValueBuffer.Span);

    public override bool Equals(object obj) => Equals(obj as MqttUserProperty);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Name, StringComparer.Ordinal);
        hash.AddBytes(ValueBuffer.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{Name} = {this.ReadValueAsString()}";
}
