namespace Detector.Worker.Cli;

/// <summary>The series that a file stands for.</summary>
internal static class FileSeries
{
    /// <summary>File name without <c>.gz</c> and <c>.csv</c>.</summary>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        foreach (string extension in (string[])[".gz", ".csv"])
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                name = name[..^extension.Length];
        }

        return name;
    }
}
