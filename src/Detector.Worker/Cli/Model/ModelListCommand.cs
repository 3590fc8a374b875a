using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model list</c>: every stored version.</summary>
internal static class ModelListCommand
{
    private static readonly string[] s_header = ["PIPELINE", "SERIES", "VERSION", "AGE", "FEATURES", "WINDOW", "SIZE", "NETWORKS"];

    public static Command Create()
    {
        var state = new StateArguments();
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "list", "Lists the stored versions of every model, the newest first; an asterisk marks the one that serves.",
            "detector model list", "detector model list --state ./state --pipeline pumps --output json") { output };
        state.AddTo(command);
        command.SetAction(arguments =>
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            ModelListing[] listings = [.. state.Find(arguments).SelectMany(model => ModelListing.Of(model, now))];
            if (Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json)
                arguments.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(listings, ModelJson.Default.ModelListingArray));
            else if (listings.Length == 0)
                arguments.InvocationConfiguration.Error.WriteLine($"No models in '{state.Directory(arguments)}'.");
            else
                TextTable.Write([s_header, .. listings.Select(Row)], arguments.InvocationConfiguration.Output);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string[] Row(ModelListing listing) =>
    [
        listing.Pipeline,
        AlertText.Safe(listing.Series),
        listing.Version + (listing.Serves ? " *" : ""),
        listing.AgeSeconds is { } age ? Age(TimeSpan.FromSeconds(age)) : "?",
        Number(listing.Features),
        listing.WindowRows is { } rows ? string.Create(CultureInfo.InvariantCulture, $"{rows} × {listing.Period?.TotalSeconds:G6} s") : "?",
        string.Create(CultureInfo.InvariantCulture, $"{listing.Bytes / 1024.0:N0} KiB"),
        listing.Refusal is null ? string.Join(", ", listing.Networks) : "refused: " + listing.Refusal,
    ];

    /// <summary>An age in its largest unit.</summary>
    internal static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:F0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:F0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:F0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:F0} days"),
    };

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
