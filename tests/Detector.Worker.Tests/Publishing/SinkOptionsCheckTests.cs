using Detector.Worker.Publishing;

namespace Detector.Worker.Tests.Publishing;

public sealed class SinkOptionsCheckTests
{
    [Fact]
    public void Errors_CompleteSinks_None()
    {
        Assert.Empty(SinkOptionsCheck.Errors(new SinkOptions { Type = "stdout" }, "S"));
        Assert.Empty(SinkOptionsCheck.Errors(new SinkOptions { Type = "file", Path = "alerts.jsonl" }, "S"));
        var kafka = new SinkOptions { Type = "kafka", Topic = "alerts" };
        kafka.Client["bootstrap.servers"] = "localhost:9092";
        Assert.Empty(SinkOptionsCheck.Errors(kafka, "S"));
    }

    [Fact]
    public void Errors_EmptySinks_NameWhatIsMissing()
    {
        Assert.Equal(["S:Type is ''; use kafka, mqtt, file, stdout, webhook, alertmanager."], SinkOptionsCheck.Errors(new SinkOptions(), "S"));
        Assert.Equal(["S:Path is empty; name the file to append to."], SinkOptionsCheck.Errors(new SinkOptions { Type = "file" }, "S"));
        Assert.Equal(
            ["S:Topic is empty; name the topic to produce to.", "S:Client has no 'bootstrap.servers', which a kafka sink needs."],
            SinkOptionsCheck.Errors(new SinkOptions { Type = "kafka" }, "S"));
    }

    [Fact]
    public void Errors_DirectoryMissing_OnlyWhereTheEnvironmentCounts()
    {
        var options = new SinkOptions { Type = "file", Path = "no/such/directory/alerts.jsonl" };
        Assert.Single(SinkOptionsCheck.Errors(options, "S"));
        Assert.Empty(SinkOptionsCheck.Errors(options, "S", environment: false));
    }

    [Fact]
    public void Errors_OptionsOfAnotherType_AreNamed() =>
        Assert.Equal(2, SinkOptionsCheck.Errors(new SinkOptions { Type = "stdout", Path = "x", Topic = "y" }, "S").Count);

    [Fact]
    public void Errors_MqttSinks_AreChecked()
    {
        Assert.Empty(SinkOptionsCheck.Errors(new SinkOptions { Type = "mqtt", Server = "mqtt://broker:1883", Topic = "alerts/{series}" }, "S"));
        Assert.Equal(
            ["S:Topic is empty; name the topic to publish to.", "S:Server is \"\": write mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS."],
            SinkOptionsCheck.Errors(new SinkOptions { Type = "mqtt" }, "S"));
        Assert.Equal(
            ["S:Topic is \"alerts/#\", but messages are published to one topic: write it without + and #."],
            SinkOptionsCheck.Errors(new SinkOptions { Type = "mqtt", Server = "mqtt://broker", Topic = "alerts/#" }, "S"));
    }
}
