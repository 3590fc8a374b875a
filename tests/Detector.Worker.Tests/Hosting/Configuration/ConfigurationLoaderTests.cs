using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Tests.Hosting.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_NothingGiven_SaysWhatIsMissingAndKeepsDefaults()
    {
        LoadedConfiguration loaded = Load();

        Assert.Equal(2, loaded.Errors.Count);
        Assert.Contains(loaded.Errors, error => error.StartsWith("Detector:Sources is empty", StringComparison.Ordinal));
        Assert.Contains(loaded.Errors, error => error.StartsWith("Detector:Pipelines is empty", StringComparison.Ordinal));
        Assert.Equal(9464, loaded.Options.Http.Port);
    }

    [Fact]
    public void Load_ThreeMistakes_ReportsAllThreeWithKeyValueAndRemedy()
    {
        LoadedConfiguration loaded = Load(files: [_directory.Write("a.json", Minimal(pipeline: """
            "Treshold": { "Method": "spot" }, "Window": { "Period": "30" }, "Sinks": ["alert"], "Training": { "MaxSteps": "many" }
            """))]);

        Assert.Collection(loaded.Errors.Order(StringComparer.Ordinal),
            error => Assert.Equal("Detector:Pipelines:p:Sinks names the sink \"alert\", which does not exist: did you mean \"alerts\"?", error),
            error => Assert.Equal($"Detector:Pipelines:p:Training:MaxSteps is \"many\" (in {File("a.json")}): write a whole number.", error),
            error => Assert.Equal($"Detector:Pipelines:p:Treshold (in {File("a.json")}) is not a known key: did you mean \"Threshold\"?", error),
            error => Assert.Equal($"Detector:Pipelines:p:Window:Period is \"30\" (in {File("a.json")}): write 00:00:30.", error));
    }

    [Fact]
    public void Load_EachLayer_OutranksTheOneBefore()
    {
        _directory.Write("appsettings.json", Http(1) + "");
        string first = _directory.Write("first.json", Http(2));
        string second = _directory.Write("second.json", Http(3));
        var environment = new Dictionary<string, string> { ["DETECTOR__HTTP__PORT"] = "4" };

        Assert.Equal(1, Load().Options.Http.Port);
        Assert.Equal(2, Load([first]).Options.Http.Port);
        Assert.Equal(3, Load([first, second]).Options.Http.Port);
        Assert.Equal(4, Load([first, second], environment: environment).Options.Http.Port);
        Assert.Equal(5, Load([first, second], ["Http:Port=5"], environment).Options.Http.Port);
        Assert.Equal(6, Load([first, second], ["Http:Port=5", "Detector:Http:Port=6"], environment).Options.Http.Port);
    }

    [Fact]
    public void Load_ListInTwoLayers_TakesTheHigherWhole()
    {
        string first = _directory.Write("first.json", Minimal(source: """ "Topics": ["a", "b", "c"] """));
        string second = _directory.Write("second.json", """{"Detector":{"Sources":{"s":{"Topics":["z"]}}}}""");
        string none = _directory.Write("none.json", """{"Detector":{"Sources":{"s":{"Topics":[]}}}}""");

        Assert.Equal(["z"], Load([first, second]).Options.Sources["s"].Topics);
        Assert.Equal(["a", "b", "c"], Load([second, first]).Options.Sources["s"].Topics);
        Assert.Empty(Load([first, none]).Options.Sources["s"].Topics);
        Assert.Equal(["x", "y"], Load([first], ["Sources:s:Topics=x, y"]).Options.Sources["s"].Topics);
        Assert.Equal(["q"], Load([first], environment: new() { ["Detector__Sources__s__Topics__0"] = "q" }).Options.Sources["s"].Topics);
    }

    [Fact]
    public void Load_DefaultListOverridden_DoesNotKeepTheDefault() =>
        Assert.Equal(["a"], Load([], ["Sources:s:Decode:Ignore:0=a"]).Options.Sources["s"].Decode.Ignore);

    [Fact]
    public void Load_YamlAndJsonOfTheExample_AreTheSame()
    {
        LoadedConfiguration json = Load([RepositoryFiles.Path("configs", "kafka.json")]);
        LoadedConfiguration yaml = Load([RepositoryFiles.Path("configs", "kafka.yaml")]);

        Assert.Equal(json.Values.Select(value => (value.Key, value.Value)), yaml.Values.Select(value => (value.Key, value.Value)));
        Assert.Equal(json.Hash, yaml.Hash);
        Assert.Equal("localhost:9092", yaml.Options.Sources["plant"].Client["bootstrap.servers"]);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Load_EveryExample_HasNoErrors(string name) =>
        Assert.Equal("", string.Join("\n", Load([RepositoryFiles.Path("configs", name)]).Errors));

    public static TheoryData<string> Examples => [.. Directory.GetFiles(RepositoryFiles.Path("configs")).Select(path => Path.GetFileName(path)!)];

    [Theory]
    [InlineData("bad.json", "{\n  \"Detector\": {\n    \"Device\": cpu\n  }\n}", "is not valid JSON at line 3")]
    [InlineData("bad.yaml", "Detector:\n  Device: [cpu\n", "is not valid YAML at line ")]
    [InlineData("twice.json", "{\"Detector\":{\"Device\":\"cpu\",\"device\":\"cpu\"}}", "cannot be read")]
    [InlineData("top.json", "{\"Detektor\":{\"Device\":\"cpu\"}}", "did you mean \"Detector\"?")]
    [InlineData("scalar.json", "{\"Detector\":{\"Http\":9464}}", "Detector:Http is \"9464\"")]
    [InlineData("nested.json", "{\"Detector\":{\"Device\":{\"Name\":\"cpu\"}}}", "Detector:Device takes one value")]
    [InlineData("map.json", "{\"Detector\":{\"Sources\":[\"a\"]}}", "Detector:Sources:0 is \"a\"")]
    public void Load_FileThatCannotBeUsed_SaysWhereAndWhy(string name, string text, string expected) =>
        Assert.Contains(Load([_directory.Write(name, text)]).Errors, error => error.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Load_MissingFileAndSetWithoutValue_AreBothReported()
    {
        LoadedConfiguration loaded = Load([File("none.json")], ["Http:Port"]);

        Assert.Contains(loaded.Errors, error => error.Contains("none.json does not exist", StringComparison.Ordinal));
        Assert.Contains(loaded.Errors, error => error.StartsWith("--set Http:Port has no value", StringComparison.Ordinal));
        Assert.Equal(2, loaded.Errors.Count);
    }

    [Fact]
    public void Load_ClientKeyFromEnvironment_BecomesLibrdkafkasName() =>
        Assert.Equal("x", Load([], [], new() { ["Detector__Sources__s__Client__SASL_PASSWORD"] = "x" }).Options.Sources["s"].Client["sasl.password"]);

    private LoadedConfiguration Load(string[]? files = null, string[]? set = null, Dictionary<string, string>? environment = null) =>
        ConfigurationLoader.Load(files ?? [], set ?? [], environment ?? [], _directory.Path);

    private string File(string name) => Path.Combine(_directory.Path, name);

    private static string Http(int port) => $$"""{ "Detector": { "Http": { "Port": {{port}}, /* comment */ } } }""";

    private static string Minimal(string source = "", string pipeline = "") => $$"""
        { "Detector": {
            "Sources": { "s": { "Type": "kafka", "Client": { "bootstrap.servers": "localhost:1", "group.id": "g" }{{(source == "" ? ", \"Topics\": [\"t\"]" : "," + source)}} } },
            "Pipelines": { "p": { "Sources": ["s"]{{(pipeline == "" ? "" : "," + pipeline)}} } },
            "Sinks": { "alerts": { "Type": "stdout" } } } }
        """;
}
