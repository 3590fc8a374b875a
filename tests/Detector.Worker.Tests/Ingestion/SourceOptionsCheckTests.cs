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
        Assert.Equal(["S:Type is 'kafak'; use kafka or file."], SourceOptionsCheck.Errors(new SourceOptions { Type = "kafak" }, "S"));

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
}
