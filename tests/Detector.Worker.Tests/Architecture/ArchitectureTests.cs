using System.Reflection;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Architecture;

/// <summary>Who may know whom. The rule is in docs; a change here is a decision about the design.</summary>
public sealed class ArchitectureTests
{
    private const string Worker = "Detector.Worker.";
    private const string Models = "Detector.Models";

    private static readonly string[] s_rooms = ["Ingestion", "Decoding", "Windowing", "Scoring", "Learning", "Deciding", "Publishing"];
    private static readonly string[] s_everything = [.. s_rooms, "Contracts", "Telemetry", "Storage", "Kafka", "Mqtt", "State", "Pipeline", "Simulation", "Hosting", "Web", "Cli", Models];

    /// <summary>What each part may refer to beside itself.</summary>
    private static readonly Dictionary<string, string[]> s_mayKnow = new()
    {
        ["Contracts"] = [],
        ["Telemetry"] = ["Contracts"],
        ["Storage"] = [],
        ["Simulation"] = [],
        ["Mqtt"] = ["Contracts", "Telemetry"],
        ["State"] = ["Contracts", "Telemetry", Models],
        ["Ingestion"] = ["Contracts", "Telemetry", "Kafka", "Mqtt"],
        ["Decoding"] = ["Contracts", "Telemetry", Models],
        ["Windowing"] = ["Contracts", "Telemetry"],
        ["Scoring"] = ["Contracts", "Telemetry", Models],
        ["Learning"] = ["Contracts", "Telemetry", Models],
        ["Deciding"] = ["Contracts", "Telemetry", "Storage", Models],
        ["Publishing"] = ["Contracts", "Telemetry", "Storage", "Kafka", "Mqtt"],
        ["Kafka"] = ["Contracts"],
        ["Pipeline"] = [.. s_rooms, "Contracts", "Telemetry", "Storage", "State", Models],
        ["Hosting"] = s_everything,
        ["Web"] = s_everything,
        ["Cli"] = s_everything,
    };

    /// <summary>Options, and the checks of options, are nested as the configuration is.</summary>
    private static readonly HashSet<(string, string)> s_nestedOptions =
        [("SourceOptions", "DecodeOptions"), ("SourceOptionsCheck", "DecodeOptions"), ("SourceOptionsCheck", "DecodeOptionsCheck")];

    /// <summary>Libraries that stay where they belong, by the start of their namespace.</summary>
    private static readonly Dictionary<string, string[]> s_libraries = new()
    {
        ["Confluent.Kafka"] = ["Kafka", "Ingestion", "Publishing", "State"],
        ["Amazon"] = ["State"],
        ["MQTTnet"] = ["Mqtt", "Ingestion", "Publishing"],
        ["Google.Protobuf"] = ["Decoding"],
        ["Prometheus"] = ["Telemetry", "Web"],
        ["Microsoft.AspNetCore"] = ["Web"],
        ["System.CommandLine"] = ["Cli"],
        ["Spectre.Console"] = ["Cli"],
        ["YamlDotNet"] = ["Hosting"],
        ["TorchSharp"] = [],
    };

    private static readonly (Type From, Type To)[] s_references = [.. TypeReferences.Of(typeof(Receipt).Assembly)];

    [Fact]
    public void Part_KnowsOnlyWhatItMay()
    {
        IEnumerable<string> broken =
            from pair in s_references
            let @from = Part(pair.From)
            let to = Part(pair.To)
            where @from is not null && to is not null && @from != to && !s_mayKnow[@from].Contains(to)
            where !s_nestedOptions.Contains((pair.From.Name, pair.To.Name))
            select $"{pair.From} knows {pair.To}";
        Assert.Equal("", string.Join("\n", broken.Distinct().Order()));
    }

    [Fact]
    public void Library_StaysInItsRooms()
    {
        IEnumerable<string> broken =
            from pair in s_references
            from library in s_libraries
            where IsIn(pair.To.Namespace, library.Key) && Part(pair.From) is { } part && !library.Value.Contains(part)
            select $"{pair.From} knows {pair.To}";
        Assert.Equal("", string.Join("\n", broken.Distinct().Order()));
    }

    [Fact]
    public void Part_IsKnownToTheRules() =>
        Assert.Empty(typeof(Receipt).Assembly.GetTypes().Select(Part).OfType<string>().Distinct().Except(s_mayKnow.Keys));

    [Fact]
    public void Models_ArePure()
    {
        string[] foreign = ["Detector.", "detector", "Microsoft.Extensions.", "Microsoft.AspNetCore", "Confluent.", "MQTTnet", "Prometheus", "System.CommandLine"];
        IEnumerable<string> referenced = typeof(FalseAlarmRate).Assembly.GetReferencedAssemblies().Select(name => name.Name!);
        Assert.DoesNotContain(referenced, name => foreign.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("compat")]
    public void File_IsShortEnoughToReadAtOnce(string folder)
    {
        string root = RepositoryFiles.Path(folder);
        if (folder == "compat" && !Directory.Exists(root))
            return;
        IEnumerable<string> sources = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        Assert.DoesNotContain(sources.Select(path => (Path.GetRelativePath(root, path), Lines: File.ReadLines(path).Count())), file => file.Lines > 400);
    }

    [Fact]
    public void References_SeeInstructionsAndSignatures()
    {
        // The rules above are worth what this finds: a call inside a method, a type argument, a local variable.
        (Type, Type)[] references = [.. TypeReferences.Of(Assembly.GetExecutingAssembly()).Where(pair => pair.From == typeof(Probe))];

        Assert.Contains((typeof(Probe), typeof(Receipt)), references);
        Assert.Contains((typeof(Probe), typeof(DropReasons)), references);
        Assert.Contains((typeof(Probe), typeof(Severity)), references);
    }

    /// <summary>The part of the worker a type belongs to, Detector.Models, or null for what is foreign or generated.</summary>
    private static string? Part(Type type) => type.Namespace switch
    {
        { } name when name.StartsWith(Worker, StringComparison.Ordinal) => name[Worker.Length..].Split('.')[0],
        { } name when IsIn(name, Models) => Models,
        _ => null,
    };

    private static bool IsIn(string? name, string space) =>
        name is not null && name.StartsWith(space, StringComparison.Ordinal) && (name.Length == space.Length || name[space.Length] == '.');
}
