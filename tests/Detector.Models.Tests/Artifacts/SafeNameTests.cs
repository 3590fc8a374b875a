using Detector.Models.Artifacts;

namespace Detector.Models.Tests.Artifacts;

public sealed class SafeNameTests
{
    public static readonly string[] Hostile =
    [
        "", ".", "..", "../../etc", "/etc/passwd", "a/b", "a\\b", "a%2Fb", "a%b", "%", "%25", "*", "~", "a b", "a\0b", "a\nb", ".tmp-v1", "C:", "pump-3", "pump_3",
        "Pump-3", "pömp", "泵", "🙂", "\ud83d", "\ud83e", "u8", "%u6CF5", new('a', 120), new('a', 121), new('a', 300), new('a', 301), new string('a', 300) + "/", new('泵', 60), new('泵', 61),
    ];

    [Fact]
    public void Of_HostileTexts_StaysASingleNameAndNeverCollides()
    {
        var names = Hostile.Select(SafeName.Of).ToArray();
        Assert.Equal(Hostile.Length, names.Distinct(StringComparer.Ordinal).Count());
        foreach (var name in names)
        {
            Assert.Matches("^[A-Za-z0-9_%~-]{1,120}$", name);
            Assert.Equal(name, Path.GetFileName(name));
        }

        Assert.Equal("pump-3", SafeName.Of("pump-3"));
        Assert.Equal("%2E%2E%2F", SafeName.Of("../"));
    }

    [Fact]
    public void Save_HostileKeys_StaysInsideTheDirectory()
    {
        using var directory = new TemporaryDirectory();
        var store = new ArtifactStore(Path.Combine(directory.Path, "store"));
        string[] keys = [.. Hostile.Where(key => !key.Any(char.IsSurrogate) || key.Length == 2)]; // JSON cannot hold half a surrogate pair
        foreach (var key in keys)
            store.Save(ArtifactStoreTests.Manifest("v1", key), ArtifactStoreTests.Tensors());
        Assert.Equal(["store"], Directory.GetFileSystemEntries(directory.Path).Select(Path.GetFileName));
        Assert.Equal(keys.Length, Directory.GetDirectories(Path.Combine(directory.Path, "store", "pumps")).Length);
        foreach (var key in keys)
        {
            Assert.True(store.TryLoadLatest("pumps", key, out var artifact, out _), key);
            Assert.Equal(key, artifact.Manifest.Key);
        }
    }
}
