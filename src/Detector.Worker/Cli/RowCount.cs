using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Detector.Worker.Cli;

/// <summary>Options that take a number of rows.</summary>
internal static class RowCount
{
    public static Option<int?> Of(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = Parse };

    private static int? Parse(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows >= 1)
            return rows;
        argument.AddError($"'{text}' is no number of rows; write a whole number of at least 1.");
        return null;
    }
}
