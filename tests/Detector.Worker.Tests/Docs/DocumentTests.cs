using System.CommandLine;
using System.Text.RegularExpressions;
using Detector.Worker.Cli;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Hosting.Configuration.Reference;

namespace Detector.Worker.Tests.Docs;

/// <summary>Every command, option, metric, key and file that the documents name exists.</summary>
public sealed partial class DocumentTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static readonly RootCommand s_root = CommandLine.Root();

    private static readonly HashSet<string> s_keys = [.. OptionsTree.Keys().SelectMany(key => Tails(key.Key))];

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Documents => new(NamedThings.Documents().Select(file => Path.GetRelativePath(RepositoryFiles.Root, file)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Metrics_Named_Exist(string document)
    {
        // Headers of dead letters have names of the same form.
        IEnumerable<string> unknown = NamedThings.UnknownMetrics(Read(document)).Except(["detector_reason", "detector_source", "detector_topic", "detector_offset"]);
        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_Named_Exist(string document) => Assert.Empty(CommandLines(Read(document)).Select(Problem).OfType<string>());

    [Theory]
    [MemberData(nameof(Documents))]
    public void Keys_Named_Exist(string document)
    {
        IEnumerable<string> unknown = Key().Matches(Read(document)).Select(match => match.Groups[1].Value)
            .Where(key => !s_keys.Contains(key) && !s_keys.Any(known => known.EndsWith($":{key}", StringComparison.Ordinal)));
        Assert.Empty(unknown.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_Named_Exist(string document)
    {
        IEnumerable<string> missing = RepositoryFile().Matches(Read(document)).Select(match => match.Groups[1].Value.TrimEnd('.', '/'))
            .Where(file => !file.Contains('*', StringComparison.Ordinal) && !Path.Exists(RepositoryFiles.Path(file)));
        Assert.Empty(missing.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Configurations_Shown_AreRight(string document)
    {
        foreach (Match block in Configuration().Matches(Read(document)))
        {
            LoadedConfiguration loaded = ConfigurationLoader.Load([_directory.Write("shown.json", block.Groups[1].Value)], [], new Dictionary<string, string>());
            Assert.Empty(loaded.Errors);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_ToFiles_LeadSomewhere(string document)
    {
        string folder = Path.GetDirectoryName(RepositoryFiles.Path(document))!;
        IEnumerable<string> dead = Link().Matches(Read(document)).Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, link)));
        Assert.Empty(dead);
    }

    [Theory]
    [InlineData("detector watch --config a", "watch")]
    [InlineData("detector validate --confg a", "--confg")]
    [InlineData("detector config shwo", "shwo")]
    [InlineData("detector health --ready", null)]
    [InlineData("detector config init \\| show \\| schema", null)]
    public void Problem_CommandLine_NamesWhatDoesNotExist(string line, string? unknown)
    {
        string? problem = Problem(line);
        Assert.Equal(unknown is null, problem is null);
        Assert.Contains(unknown ?? "", problem ?? "", StringComparison.Ordinal);
    }

    private static string Read(string document) => File.ReadAllText(RepositoryFiles.Path(document));

    /// <summary>Lines of code blocks, and code in backticks, that begin with the program's name.</summary>
    private static IEnumerable<string> CommandLines(string text) =>
        Code().Matches(text).Select(match => match.Groups[1].Value.Split(" #")[0].Split(" > ")[0].Split(" | ")[0].Replace("./detector", "detector", StringComparison.Ordinal).Trim())
            .Where(line => line.StartsWith("detector ", StringComparison.Ordinal));

    /// <summary>The first word that the command line does not know; null when it knows all.</summary>
    private static string? Problem(string line)
    {
        Command command = s_root;
        bool arguments = false;
        string[] words = Separators().Split(line)[1..];
        Command parent = s_root;
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i].TrimEnd('.', ',', ';', ':');
            if (word.Length == 0 || Placeholder().IsMatch(word))
                continue;
            if (word.StartsWith('-'))
            {
                arguments = true;
                string name = word.Split('=')[0];
                if (name is not ("--help" or "--version") && !command.Options.Any(option => option.Name == name || option.Aliases.Contains(name)))
                    return $"{line}: {command.Name} has no {name}";
            }
            else if (!arguments && Find(command, word) is { } inner)
            {
                (parent, command) = (command, inner);
            }
            else if (!arguments && Find(parent, word) is { } sibling)
            {
                command = sibling;
            }
            else if (!arguments && command.Arguments.Count == 0)
            {
                return $"{line}: {command.Name} has no {word}";
            }
        }

        return null;
    }

    private static Command? Find(Command command, string name) => command.Subcommands.FirstOrDefault(inner => inner.Name == name);

    /// <summary>A key and what it may be shortened to: <c>Pipelines:&lt;name&gt;:Window:Length</c> is known as <c>Window:Length</c> as well.</summary>
    private static IEnumerable<string> Tails(string key)
    {
        string[] parts = key.Split(':');
        for (int first = 0; first < parts.Length; first++)
        {
            for (int last = first + 1; last <= parts.Length; last++)
                yield return string.Join(':', parts[first..last]);
        }
    }

    [GeneratedRegex(@"(?:^|`|^\S*/)((?:\./)?detector [^`\n]+)", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[\s\[\]()]+|\\?\|")]
    private static partial Regex Separators();

    // FILE, 'text', …, paths, numbers
    [GeneratedRegex(@"^([A-Z0-9…'""$<>./~*].*|>|&|\\)$")]
    private static partial Regex Placeholder();

    // Window:MaxGap and its like, with a value or without.
    [GeneratedRegex(@"(?<![\w:./])(?:Detector:)?([A-Z][a-z][A-Za-z]*(?::[A-Z][a-z][A-Za-z]*)*:[A-Z][a-z][A-Za-z]*)(?![\w:]*["":])")]
    private static partial Regex Key();

    // Files of the repository by their path from its root, as in eng/publish.sh.
    [GeneratedRegex(@"(?<![\w/.-])(?:\./)?((?:eng|deploy|configs|docs|tests|src|compat)/[\w./*-]+)")]
    private static partial Regex RepositoryFile();

    [GeneratedRegex(@"^```jsonc?\n(\{\s*""Detector"".*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Configuration();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
