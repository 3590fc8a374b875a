using Detector.Worker.Contracts;
using Detector.Worker.Decoding.Logs;

namespace Detector.Worker.Hosting;

/// <summary>
/// What was learned of lines that no position leads back to (the standard input, a file that is read once): templates, features, sessions. In a file of
/// the state directory, replaced as a whole when learning ends and at each stop, so that the next run has the same features for the same model.
/// </summary>
internal sealed class LogState(string source, LogDecoder decoder, string directory, ILogger log)
{
    private readonly string _path = Path.Combine(directory, "logs", source + ".state");

    /// <summary>Resumes from it, if it is there. Lines of other times follow.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public void Load()
    {
        if (!File.Exists(_path))
            return;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(_path));
            var records = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            for (int left = reader.ReadInt32(); left > 0; left--)
                records.Add(reader.ReadString(), reader.ReadArray<byte>());
            decoder.Load(records);
            decoder.StartOver();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or IndexOutOfRangeException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"'{_path}' cannot be resumed from ({error.Message}): remove it, and the source '{source}' learns its templates anew.", error);
        }
    }

    public void Save()
    {
        long everything = 0;
        IReadOnlyList<KeyValuePair<string, byte[]?>> records = decoder.Save(ref everything);
        if (records.Count == 0)
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using (var file = new FileStream(_path + ".new", FileMode.Create, FileAccess.Write))
            {
                using var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
                writer.Write(records.Count);
                foreach ((string name, byte[]? record) in records)
                {
                    writer.Write(name);
                    writer.Write<byte>(record);
                }

                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(_path + ".new", _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogStateNotSaved(_path, error.Message);
        }
    }
}
