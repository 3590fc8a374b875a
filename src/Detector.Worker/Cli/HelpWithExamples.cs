using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Detector.Worker.Cli;

/// <summary>The usual help, followed by the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in parseResult.CommandResult.Command is CommandWithExamples command ? command.Examples : rootExamples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }
}
