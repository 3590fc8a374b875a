using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>What can be wrong with <see cref="LogOptions"/>.</summary>
internal static class LogOptionsCheck
{
    /// <param name="key">Key of the section, which starts every message.</param>
    public static IEnumerable<string> Errors(string key, LogOptions options)
    {
        string layout = "";
        if (options.Layout is not null)
            _ = LogLayout.Parse(options.Layout, out layout);
        IEnumerable<string?> errors =
        [
            Bounds.Of($"{key}:Bucket", options.Bucket, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)),
            Bounds.Of($"{key}:Learn", options.Learn, TimeSpan.Zero, TimeSpan.FromDays(365)),
            Bounds.Of($"{key}:SessionTimeout", options.SessionTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(7)),
            Bounds.Known($"{key}:DivideBy", options.DivideBy, [.. LogOptions.Divisions]),
            Bounds.Of($"{key}:MaxTemplates", options.MaxTemplates, 1, 400),
            Bounds.Of($"{key}:MaxSignatures", options.MaxSignatures, 100, 1_000_000),
            Bounds.Of($"{key}:MaxSeries", options.MaxSeries, 1, 100_000),
            Bounds.Of($"{key}:MaxSessions", options.MaxSessions, 1, 1_000_000),
            layout.Length == 0 ? null : $"{key}:Layout is '{options.Layout}', but {layout}: write the fields as they stand, as in <Date> <Time> <Level> <Component>: <Content>.",
            Enum.TryParse(options.Masks, ignoreCase: true, out Masks _) ? null : $"{key}:Masks is '{options.Masks}': write some of {string.Join(", ", Enum.GetNames<Masks>())}.",
            options.Session is { Length: 0 } ? $"{key}:Session is empty: write what the key begins with, as in blk_, or leave it out." : null,
        ];
        return errors.OfType<string>();
    }
}
