using System.Globalization;

namespace Detector.Worker.Ingestion;

/// <summary>Keeps the place of a followed file in a small file of its own, replaced as a whole.</summary>
internal sealed class TailPosition(string path)
{
    /// <summary>The place kept last; null when there is none, or none that can be read: the file is then met for the first time.</summary>
    public TailPlace? Load()
    {
        if (!File.Exists(path))
            return null;
        string[] parts = File.ReadAllText(path).Trim().Split(' ');
        return parts.Length == 3 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int known)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? new TailPlace(known, parts[1], offset)
            : null;
    }

    public void Save(TailPlace place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place.Known} {place.Fingerprint} {place.Offset}\n")));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
