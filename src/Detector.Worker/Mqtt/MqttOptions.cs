namespace Detector.Worker.Mqtt;

/// <summary>How an MQTT source or sink talks to its broker: the section <c>Mqtt</c> of either. What belongs to one of them only says so.</summary>
public sealed class MqttOptions
{
    /// <summary>Name at the broker, under which it keeps the session. No other client may have it. Null: <c>detector-HOST-source-NAME</c>, or with <c>sink</c>; where the host's name changes, as in containers, write one.</summary>
    public string? ClientId { get; set; }

    /// <summary>User at the broker. Null: none is named.</summary>
    public string? Username { get; set; }

    /// <summary>Best kept in a file, which <c>Password.file</c> names, or in the environment.</summary>
    public string? Password { get; set; }

    /// <summary><c>5</c> or <c>3.1.1</c>. The latter knows no receive maximum, no reasons, and no properties of messages.</summary>
    public string ProtocolVersion { get; set; } = MqttProtocol.Version5;

    /// <summary>
    /// 0, 1 or 2. A message comes with the lower one of its publisher's and this: what is published with 0 may be lost on the way. 1, since 2 adds
    /// two packets a message and what comes twice is recognised anyway.
    /// </summary>
    public int Qos { get; set; } = 1;

    /// <summary>Longest silence before the connection is tested.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);

    public MqttTlsOptions Tls { get; set; } = new();

    /// <summary>Topic that says <c>online</c> while the connection stands and <c>offline</c> otherwise, retained; the latter as last will. Null for none.</summary>
    public string? StatusTopic { get; set; }

    /// <summary>How long the broker keeps what a source has not read while it is away (MQTT 5; before that it is the broker's choice). Zero keeps nothing.</summary>
    public TimeSpan SessionExpiry { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Messages that a source takes unacknowledged (MQTT 5): the broker holds back the rest. Many, since each waits for what depends on it.</summary>
    public int ReceiveMaximum { get; set; } = 16_384;

    /// <summary>Workers of one group share the messages of their topics among them (source). Null: all messages come here.</summary>
    public string? SharedGroup { get; set; }

    /// <summary>Whether the broker keeps the newest message of each topic for later subscribers (sink).</summary>
    public bool Retain { get; set; }
}
