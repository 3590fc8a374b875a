namespace Detector.Benchmarks;

/// <summary>The part of a Markdown file that a benchmark writes, between <c>&lt;!-- measured: begin --&gt;</c> and <c>&lt;!-- measured: end --&gt;</c>.</summary>
internal static class MarkedSection
{
    private const string Begin = "<!-- measured: begin -->";
    private const string End = "<!-- measured: end -->";

    /// <summary>Replaces what stands between the markers.</summary>
    /// <exception cref="InvalidDataException">The file lacks one of the markers.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static void Replace(string path, string text)
    {
        string file = File.ReadAllText(path);
        int from = file.IndexOf(Begin, StringComparison.Ordinal);
        int to = file.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"'{path}' lacks the lines '{Begin}' and '{End}', between which the table is written; add them.");
        File.WriteAllText(path, $"{file[..(from + Begin.Length)]}\n\n{text.Trim()}\n\n{file[to..]}");
    }
}
