using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Detector.Worker.Cli;

/// <summary>Options that take a number within bounds.</summary>
internal static class NumberOption
{
    /// <summary>A number of rows, null when it is not given.</summary>
    public static Option<int?> Rows(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument => Parse(argument, name, 1, int.MaxValue, "a whole number of at least 1"),
    };

    /// <param name="expected">What is to be written, for whoever wrote something else.</param>
    public static Option<T> Of<T>(string name, string description, T least, T most, T byDefault, string expected)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => byDefault,
            CustomParser = argument => Parse(argument, name, least, most, expected),
        };

    private static T Parse<T>(ArgumentResult argument, string name, T least, T most, string expected)
        where T : struct, INumber<T>
    {
        string text = argument.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
            return value;
        argument.AddError($"{name} is '{text}'; write {expected}.");
        return default;
    }
}
