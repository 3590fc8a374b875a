using System.Text.Json.Nodes;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests.Cli;

namespace Detector.Worker.Tests.Deploy;

/// <summary>The files for containers and clusters, by the schemas of their owners and by what the program knows.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Kubernetes_EveryObject_IsRightByItsSchema()
    {
        ToolResult result = await SchemaCheck.RunAsync(["kubernetes", .. Directory.GetFiles(RepositoryFiles.Path("deploy", "kubernetes"), "*.yaml")]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("readOnlyRootFilesystem", "readOnlyRootFileSystem")]
    [InlineData("containerPort: 9464", "containerPort: http")]
    [InlineData("kind: StatefulSet", "kind: StatefullSet")]
    public async Task Kubernetes_Mistake_IsFound(string right, string wrong)
    {
        string text = await File.ReadAllTextAsync(RepositoryFiles.Path("deploy", "kubernetes", "detector.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains(right, text, StringComparison.Ordinal);
        ToolResult result = await SchemaCheck.RunAsync(["kubernetes", _directory.Write("wrong.yaml", text.Replace(right, wrong, StringComparison.Ordinal))]);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void Kubernetes_GpuVariant_DiffersInImageAndPlaceOnly()
    {
        JsonNode processor = Yaml.Read("deploy", "kubernetes", "detector.yaml").Single(document => (string?)document["kind"] == "StatefulSet");
        JsonNode gpu = Yaml.Read("deploy", "kubernetes", "gpu.yaml").Single();
        Assert.Equal("1", (string?)Container(gpu)["resources"]!["limits"]!["nvidia.com/gpu"]);
        foreach (JsonNode set in (JsonNode[])[processor, gpu])
        {
            Pod(set).Remove("nodeSelector");
            Pod(set).Remove("tolerations");
            Container(set).Remove("image");
            Container(set).Remove("resources");
        }

        Assert.Equal(processor.ToJsonString(), gpu.ToJsonString());
    }

    [Fact]
    public async Task Kubernetes_Configuration_IsValid()
    {
        string json = (string)Yaml.Read("deploy", "kubernetes", "config.yaml").Single()["data"]!["config.json"]!;
        ToolResult result = await InProcess.RunAsync("validate", "--no-environment", "--config", _directory.Write("config.json", json));
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Kubernetes_Arguments_AreUnderstood()
    {
        JsonNode set = Yaml.Read("deploy", "kubernetes", "gpu.yaml").Single();
        string[] arguments = [.. Container(set)["args"]!.AsArray().Select(argument => (string)argument!)];
        Assert.Empty(CommandLine.Root().Parse(arguments).Errors);
    }

    [Fact]
    public async Task Compose_File_IsRightByItsSchemaAndMountsWhatThereIs()
    {
        ToolResult result = await SchemaCheck.RunAsync(["compose", RepositoryFiles.Path("deploy", "compose.yaml")]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));

        string[] mounted = [.. Yaml.Read("deploy", "compose.yaml").Single()["services"]!.AsObject()
            .SelectMany(service => service.Value!["volumes"]?.AsArray() ?? []).Select(volume => ((string)volume!).Split(':')[0]).Where(path => path.StartsWith('.'))];
        Assert.NotEmpty(mounted);
        Assert.All(mounted, path => Assert.True(Path.Exists(RepositoryFiles.Path("deploy", path)), path));
    }

    [Fact]
    public void Compose_Ports_AreOfThisMachineOnly()
    {
        string[] ports = [.. Yaml.Read("deploy", "compose.yaml").Single()["services"]!.AsObject()
            .SelectMany(service => service.Value!["ports"]?.AsArray() ?? []).Select(port => (string)port!)];
        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compose_Configuration_IsValid()
    {
        ToolResult result = await InProcess.RunAsync("validate", "--no-environment", "--config", RepositoryFiles.Path("deploy", "compose", "config.json"));
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
    }

    private static JsonObject Pod(JsonNode set) => set["spec"]!["template"]!["spec"]!.AsObject();

    private static JsonObject Container(JsonNode set) => Pod(set)["containers"]!.AsArray().Single()!.AsObject();
}
