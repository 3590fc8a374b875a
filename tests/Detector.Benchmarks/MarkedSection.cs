namespace Detector.Benchmarks;

/// <summary>A part of a Markdown file that a benchmark writes, between <c>&lt;!-- measured: begin --&gt;</c> and <c>&lt;!-- measured: end --&gt;</c>, or another name.</summary>
internal static class MarkedSection
{
    /// <summary>Replaces what stands between the markers.</summary>
    /// <exception cref="InvalidDataException">The file lacks one of the markers.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static void Replace(string path, string text, string name = "measured")
    {
        string begin = $"<!-- {name}: begin -->", end = $"<!-- {name}: end -->";
        string file = File.ReadAllText(path);
        int from = file.IndexOf(begin, StringComparison.Ordinal);
        int to = file.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"'{path}' lacks the lines '{begin}' and '{end}', between which the table is written; add them.");
        File.WriteAllText(path, $"{file[..(from + begin.Length)]}\n\n{text.Trim()}\n\n{file[to..]}");
    }
}
