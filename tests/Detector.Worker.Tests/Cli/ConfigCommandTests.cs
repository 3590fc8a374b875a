using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Hosting.Configuration.Reference;

namespace Detector.Worker.Tests.Cli;

public sealed class ConfigCommandTests : IDisposable
{
    private static readonly JsonDocumentOptions s_json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Kinds => new(ConfigurationTemplate.Kinds);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Init_EveryKind_IsValidAndCommented(string kind)
    {
        string file = Path.Combine(_directory.Path, "config.json");
        ToolResult written = await InProcess.RunAsync("config", "init", "--source", kind, "--to", file);
        ToolResult valid = await InProcess.RunAsync("validate", "--config", file, "--no-environment");

        Assert.Equal(new ToolResult(ExitCodes.Ok, "", ""), written);
        Assert.Equal((ExitCodes.Ok, ""), (valid.ExitCode, valid.Error));
        Assert.Contains("// ", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_ExistingFile_IsNotOverwritten()
    {
        string file = _directory.Write("config.json", "mine");
        ToolResult result = await InProcess.RunAsync("config", "init", "--to", file);

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains($"--to is {file}, which cannot be written", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Show_Sources_NamesTheOriginOfEachValueAndNoSecret()
    {
        string password = _directory.Write("password", "topsecret\n");
        ToolResult result = await InProcess.RunAsync("config", "show", "--sources", "--config", RepositoryFiles.Path("configs", "kafka.json"),
            "--set", "Http:Port=9500", "--set", $"Sources:plant:Client:sasl.password.file={password}", "--set", "Sinks:alerts:Client:sasl.password=topsecret");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string[] lines = result.Output.Split('\n');
        Assert.Matches(@"^Detector:Http:Port\s+9500\s+--set$", Assert.Single(lines, line => line.StartsWith("Detector:Http:Port", StringComparison.Ordinal)));
        Assert.Matches(@"kafka\.json$", Assert.Single(lines, line => line.StartsWith("Detector:Sinks:alerts:Topic ", StringComparison.Ordinal)));
        Assert.Matches(@"\s30\D*default$", Assert.Single(lines, line => line.StartsWith("Detector:DrainTimeout", StringComparison.Ordinal)).Replace("00:00:", "", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains("sasl.password ", StringComparison.Ordinal) && line.Contains("***", StringComparison.Ordinal)));
        Assert.DoesNotContain("topsecret", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_UnknownKey_SuggestsTheNearestAndExits78()
    {
        ToolResult result = await InProcess.RunAsync("config", "show", "--config", RepositoryFiles.Path("configs", "kafka.json"), "--set", "Pipelines:pumps:Treshold:Method=spot");

        Assert.Equal(ExitCodes.Configuration, result.ExitCode);
        Assert.Contains("Treshold (in --set) is not a known key: did you mean \"Threshold\"?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Examples_AreValidByIt()
    {
        string schema = await WriteSchemaAsync();
        string[] examples = [.. Directory.GetFiles(RepositoryFiles.Path("configs"), "*.json").Select(Plain)];

        ToolResult result = await SchemaCheck.RunAsync(["json", schema, .. examples]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("Devise", "\"cpu\"", "Devise")]
    [InlineData("Http", """{"Port":"x"}""", "must be integer")]
    [InlineData("DrainTimeout", "\"30\"", "must match pattern")]
    [InlineData("Sources", """{"plant":{"Topics":"sensors"}}""", "must be array")]
    public async Task Schema_Mistake_IsFound(string key, string value, string expected)
    {
        JsonObject json = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryFiles.Path("configs", "kafka.json"), TestContext.Current.CancellationToken), documentOptions: s_json)!.AsObject();
        json["Detector"]![key] = JsonNode.Parse(value);

        ToolResult result = await SchemaCheck.RunAsync(["json", await WriteSchemaAsync(), _directory.Write("config.json", json.ToJsonString())]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_All_AreExplained() => Assert.Empty(OptionsTree.Keys().Where(key => key.Meaning.Length == 0).Select(key => key.Key));

    private async Task<string> WriteSchemaAsync()
    {
        ToolResult result = await InProcess.RunAsync("config", "schema");
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        return _directory.Write("schema.json", result.Output);
    }

    /// <summary>A copy without comments.</summary>
    private string Plain(string file)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(file), documentOptions: s_json)!;
        return _directory.Write(Path.GetFileName(file), json.ToJsonString());
    }
}
