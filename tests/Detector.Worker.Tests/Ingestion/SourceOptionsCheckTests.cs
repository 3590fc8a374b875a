using Detector.Worker.Ingestion;

namespace Detector.Worker.Tests.Ingestion;

public sealed class SourceOptionsCheckTests
{
    [Fact]
    public void Errors_CompleteKafkaSource_None() =>
        Assert.Empty(SourceOptionsCheck.Errors(Kafka(), "S"));

    [Fact]
    public void Errors_EmptyKafkaSource_NamesEverythingMissing()
    {
        IReadOnlyList<string> errors = SourceOptionsCheck.Errors(new SourceOptions { Type = "kafka" }, "Detector:Sources:plant");
        Assert.Equal(
            [
                "Detector:Sources:plant:Topics names no topic; name at least one.",
                "Detector:Sources:plant:Client has no 'bootstrap.servers', which a kafka source needs.",
                "Detector:Sources:plant:Client has no 'group.id', which a kafka source needs.",
            ],
            errors);
    }

    [Fact]
    public void Errors_UnknownType_NamesTheKnown() =>
        Assert.Equal(["S:Type is 'kafak'; use kafka, mqtt, file, stdin, syslog."], SourceOptionsCheck.Errors(new SourceOptions { Type = "kafak" }, "S"));

    [Fact]
    public void Errors_MissingFile_OnlyWhereTheEnvironmentCounts()
    {
        var options = new SourceOptions { Type = "file", Path = "no/such/file.csv" };
        Assert.Single(SourceOptionsCheck.Errors(options, "S"));
        Assert.Empty(SourceOptionsCheck.Errors(options, "S", environment: false));
        Assert.Single(SourceOptionsCheck.Errors(new SourceOptions { Type = "file" }, "S"));
    }

    [Fact]
    public void Errors_ContradictoryOptions_AreNamed()
    {
        SourceOptions options = Kafka();
        options.Client["enable.auto.offset.store"] = "true";
        options.Client["sasl.password"] = "hunter2";
        options.Path = "x";
        options.MaxInFlight = 0;
        IReadOnlyList<string> errors = SourceOptionsCheck.Errors(options, "S");
        Assert.Equal(3, errors.Count);
        Assert.DoesNotContain(errors, error => error.Contains("hunter2", StringComparison.Ordinal));
    }

    private static SourceOptions Kafka() => new()
    {
        Type = "kafka",
        Topics = ["sensors"],
        Client = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = "localhost:9092", ["group.id"] = "detector" },
    };

    [Fact]
    public void Errors_CompleteMqttSource_None() => Assert.Empty(SourceOptionsCheck.Errors(Mqtt(), "S"));

    [Fact]
    public void Errors_MqttFormatThatNamesItsSeries_None()
    {
        SourceOptions options = Mqtt();
        options.Decode = new() { Format = "sparkplug" };

        Assert.Empty(SourceOptionsCheck.Errors(options, "S"));
    }

    [Fact]
    public void Errors_EmptyMqttSource_NamesEverythingMissing() => Assert.Equal(
        [
            "S:Topics names no topic; name at least one.",
            "S:Server is \"\": write mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS.",
            "S:Decode:Series is \"key\", but messages of MQTT have no key: write topic:N for a level of the topic, or a path as in $.device.",
        ],
        SourceOptionsCheck.Errors(new SourceOptions { Type = "mqtt" }, "S"));

    [Theory]
    [InlineData("plant/#/telemetry")]
    [InlineData("plant/p+")]
    [InlineData("")]
    [InlineData("$share/group/plant/+")]
    public void Errors_TopicThatIsNoFilter_IsNamed(string topic)
    {
        SourceOptions options = Mqtt();
        options.Topics = [topic];

        Assert.StartsWith($"S:Topics has \"{topic}\"", Assert.Single(SourceOptionsCheck.Errors(options, "S")), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_MqttMistakes_AreAllNamed()
    {
        SourceOptions options = Mqtt();
        options.Server = "mqtt://user@broker";
        options.Mqtt.ProtocolVersion = "4";
        options.Mqtt.Qos = 3;
        options.Mqtt.KeepAlive = TimeSpan.Zero;
        options.Mqtt.ReceiveMaximum = 0;
        options.Mqtt.SharedGroup = "a/b";
        options.Mqtt.StatusTopic = "status/#";
        options.Mqtt.Password = "secret";
        options.Mqtt.Tls.Key = "only.key";
        options.Mqtt.Tls.Ca = "no/such.pem";

        IReadOnlyList<string> errors = SourceOptionsCheck.Errors(options, "S");

        Assert.Equal(11, errors.Count);
        Assert.All(errors, error => Assert.Contains(": ", error, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(9, SourceOptionsCheck.Errors(options, "S", environment: false).Count);
    }

    private static SourceOptions Mqtt() => new() { Type = "mqtt", Server = "mqtts://broker", Topics = ["plant/+/telemetry", "#"], Decode = { Series = "topic:1" } };
}
