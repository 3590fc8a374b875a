using System.CommandLine;

namespace Detector.Worker.Cli;

/// <summary>Options that take one of a few words; the first is the default.</summary>
internal static class Choice
{
    public static Option<string> Of(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>The chosen word as a member of an enumeration.</summary>
    public static T Value<T>(ParseResult arguments, Option<string> option)
        where T : struct, Enum => Enum.Parse<T>(arguments.GetValue(option)!, ignoreCase: true);
}
