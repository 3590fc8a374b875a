using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Tests.Hosting.Configuration;

public sealed class OptionsCheckTests
{
    [Theory]
    [InlineData("Window:Period=00:00:00", "Window:Period is 00:00:00: write a duration from")]
    [InlineData("Window:Period=-00:00:01", "write a duration from")]
    [InlineData("Window:Length=30d", "write 30.00:00:00.")]
    [InlineData("Window:Length=25:00:00", "with days in front")]
    [InlineData("Window:MinObserved=0", "write a share above 0")]
    [InlineData("Window:MinObserved=NaN", "write a number")]
    [InlineData("Model:Networks=denoising,varational", "did you mean \"variational\"?")]
    [InlineData("Model:Networks=linear,linear", "more than once")]
    [InlineData("Model:Scope=serie", "did you mean \"series\"?")]
    [InlineData("Model:Scaler=quantum", "write one of robust, standard, minmax.")]
    [InlineData("Model:Precision=half", "write one of float32, bfloat16, float16.")]
    [InlineData("Model:Latent=0", "from 1 to 8192")]
    [InlineData("Model:Hidden=64,0", "Model:Hidden is 0")]
    [InlineData("Model:Hidden=64,x", "write a whole number")]
    [InlineData("Training:ValidationShare=0.95", "up to 0.9")]
    [InlineData("Training:ValidationShare=0,25", "with a point for decimals")]
    [InlineData("Training:LearningRate=0", "write a rate above 0")]
    [InlineData("Training:Warmup=00:00:10", "not longer than a window")]
    [InlineData("Threshold:Method=static", "Threshold:Value is missing")]
    [InlineData("Threshold:Method=sport", "did you mean \"spot\"?")]
    [InlineData("Threshold:Value=3", "which the method spot does not use")]
    [InlineData("Threshold:Quantile=1", "between 0 and 1")]
    [InlineData("Threshold:FalseAlarms=few", "1 per series per week")]
    [InlineData("Alert:CriticalFactor=0.5", "at least 1")]
    [InlineData("Alert:MaxFeatures=0", "from 1 to 1000")]
    [InlineData("MaxSeries=0", "from 1 to")]
    [InlineData("Sources=plnt", "did you mean \"plant\"?")]
    [InlineData("Sources=", "Sources is empty")]
    [InlineData("ScoreSinks=nowhere", "write one of alerts, rejected.")]
    [InlineData("Series=", "write * for all")]
    public void Errors_WrongPipelineValue_IsOneSentenceWithTheRemedy(string set, string expected) =>
        AssertOnly($"Pipelines:pumps:{set}", expected);

    [Theory]
    [InlineData("Http:Port=70000", "from 0 to 65535")]
    [InlineData("Http:Address=example.org", "write an IP address")]
    [InlineData("Http:Enabled=yes", "write true or false")]
    [InlineData("State:Directory=", "State:Directory is empty")]
    [InlineData("Delivery=at-most-once", "write at-least-once or exactly-once")]
    [InlineData("Device=gpu", "write auto, cpu, cuda, cuda:N")]
    [InlineData("DrainTimeout=00:00:00", "write a duration from")]
    [InlineData("Sources:plant:DeadLetter=reject", "did you mean \"rejected\"?")]
    [InlineData("Pipelines:pumps:Windows:Length=00:01:00", "did you mean \"Window\"?")]
    [InlineData("Sources:plant:MaxFuture=5", "write 00:00:05.")]
    [InlineData("Sources:plant:Decode:Format=xml", "use one of json, csv, influx, sparkplug")]
    [InlineData("Sources:plant:Decode:MissingTimestamp=now", "use one of drop, broker, arrival")]
    [InlineData("Sources:plant:Decode:Feature=pressure", "it is none of key, topic, topic:N")]
    [InlineData("Sources:plant:Decode:Samples=samples", "it does not start with '$'")]
    [InlineData("Sources:plant:Decode:TimestampUnit=min", "use one of auto, s, ms, us, ns")]
    public void Errors_WrongValue_IsOneSentenceWithTheRemedy(string set, string expected) => AssertOnly(set, expected);

    [Theory]
    [InlineData("00:00:01", "00:00:01", "1 times")]
    [InlineData("01:30:00", "00:00:01", "5400 times")]
    public void Errors_WindowOfTooFewOrManyRows_NamesTheRatio(string length, string period, string expected) => AssertOnly(
        ["Pipelines:pumps:Window:Length=" + length, "Pipelines:pumps:Window:Period=" + period, "Pipelines:pumps:Training:Warmup=10.00:00:00"], expected);

    [Fact]
    public void Errors_TransactionsWithoutSnapshots_AreRefused() =>
        AssertOnly(["State:SnapshotInterval=00:00:00", "Delivery=exactly-once"], "publishes with each snapshot");

    [Fact]
    public void Errors_TransactionsOfSeveralClients_NameTheSettingThatDiffers() => AssertOnly(
        [
            "Sinks:more:Client:linger.ms=100", "Sinks:more:Client:bootstrap.servers=localhost:9092", "Sinks:more:Type=kafka", "Sinks:more:Topic=more",
            "Delivery=exactly-once",
        ],
        "in 'linger.ms'");

    [Fact]
    public void Errors_TransactionsAcrossClusters_AreRefused() =>
        AssertOnly(["Sources:plant:Client:bootstrap.servers=elsewhere:9092", "Delivery=exactly-once"], "a transaction is of one cluster");

    [Fact]
    public void Errors_TransactionsWithStateInAnotherCluster_AreRefused() => AssertOnly(
        ["State:Topic:Name=state", "State:Topic:Client:bootstrap.servers=elsewhere:9092", "Delivery=exactly-once"], "the state is part of the transaction");

    [Fact]
    public void Errors_BrokerTimeOfAFile_IsRefused() => AssertOnly(
        [
            "Sources:lines:Type=file", "Sources:lines:Path=lines.csv", "Sources:lines:Decode:Format=csv", "Sources:lines:Decode:Timestamp=broker",
        ],
        "write arrival instead");

    [Fact]
    public void Errors_FormatsOfEachKind_AreAccepted()
    {
        string[] set =
        [
            "Sources:lines:Type=file", "Sources:lines:Path=lines.txt", "Sources:lines:Decode:Format=influx", "Sources:lines:Decode:Series=tag:site,tag:host",
            "Sources:plant:Decode:Format=sparkplug", "Sources:plant:Decode:Series=topic:3", "Sources:plant:Decode:Timestamp=broker", "Sources:plant:Decode:Features=a,b",
        ];
        Assert.Empty(ConfigurationLoader.Load([RepositoryFiles.Path("configs", "kafka.json")], set, new Dictionary<string, string>()).Errors);
    }

    [Fact]
    public void Errors_NameUnfitForALabel_IsRefused() => AssertOnly(
        ["Pipelines:a/b:Sources=plant"], "is no valid name");

    private static void AssertOnly(string set, string expected) => AssertOnly([set], expected);

    private static void AssertOnly(string[] set, string expected)
    {
        LoadedConfiguration loaded = ConfigurationLoader.Load([RepositoryFiles.Path("configs", "kafka.json")], set, new Dictionary<string, string>());
        string error = Assert.Single(loaded.Errors);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.StartsWith("Detector:" + set[0].Split('=')[0].Split(':')[0], error, StringComparison.Ordinal);
        Assert.Matches("[.?]$", error);
    }
}
