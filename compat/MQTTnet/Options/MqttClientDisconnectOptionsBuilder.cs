namespace MQTTnet;

/// <summary>Builds <see cref="MqttClientDisconnectOptions"/>.</summary>
public sealed class MqttClientDisconnectOptionsBuilder
{
    private readonly MqttClientDisconnectOptions _options = new();

    public MqttClientDisconnectOptions Build() => _options;

    public MqttClientDisconnectOptionsBuilder WithReason(MqttClientDisconnectOptionsReason value) => With(_options.Reason = value);

    public MqttClientDisconnectOptionsBuilder WithReasonString(string value) => With(_options.ReasonString = value);

    public MqttClientDisconnectOptionsBuilder WithSessionExpiryInterval(uint value) => With(_options.SessionExpiryInterval = value);

    private MqttClientDisconnectOptionsBuilder With<T>(T _) => this;
}
