using Detector.Worker.Decoding.Logs;

namespace Detector.Worker.Hosting;

/// <summary>What a source of log lines has learned, in a file of the state directory, replaced as a whole: templates, ids, features, sessions.</summary>
internal sealed class LogState(string source, LogDecoder decoder, string directory, ILogger log)
{
    private readonly string _path = Path.Combine(directory, "logs", source + ".state");

    /// <summary>Resumes from it, if it is there.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public void Load()
    {
        if (!File.Exists(_path))
            return;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(_path));
            decoder.Load(reader);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"'{_path}' cannot be resumed from ({error.Message}): remove it, and the source '{source}' learns its templates anew.", error);
        }
    }

    public void Save()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using (var file = new FileStream(_path + ".new", FileMode.Create, FileAccess.Write))
            {
                using var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
                decoder.Save(writer);
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
