using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Detector.Worker.Cli;

/// <summary>The usual help, followed by the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> s_examples = new(StringComparer.Ordinal)
    {
        ["run"] = ["detector run --config config.json", "detector --config base.yaml --config site.yaml --set Http:Port=9500", "detector run --log-format json"],
        ["validate"] = ["detector validate --config config.json", "detector validate --config config.json --no-environment --output json"],
        ["health"] = ["detector health", "detector health --ready --url http://localhost:9464"],
    };

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        string name = parseResult.CommandResult.Command is RootCommand ? "run" : parseResult.CommandResult.Command.Name;
        if (s_examples.TryGetValue(name, out string[]? examples))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }

        return code;
    }
}
