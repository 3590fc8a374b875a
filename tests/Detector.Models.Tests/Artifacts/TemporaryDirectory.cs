namespace Detector.Models.Tests.Artifacts;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("detector-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
