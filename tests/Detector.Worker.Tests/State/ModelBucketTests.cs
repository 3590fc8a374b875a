using Detector.Models.Artifacts;
using Detector.Tests.Support;
using Detector.Worker.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.State;

public sealed class ModelBucketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Keep_Model_IsFetchedByAnotherMachineAndVerifies()
    {
        await using S3Server server = await S3Server.StartAsync();
        ArtifactStore here = Store("here"), there = Store("there");
        using ModelBucket first = Bucket(server, here), second = Bucket(server, there);
        Save(here, "pump/1", "v1");
        Save(here, "pump/1", "v2");
        first.Keep("pumps", "pump/1", keep: 3);
        Assert.Equal(6, server.Objects.Length);

        second.Fetch("pumps", "pump/1");
        Assert.Equal(["v2", "v1"], there.Versions("pumps", "pump/1"));
        Assert.True(there.TryLoadLatest("pumps", "pump/1", out Artifact? artifact, out _));
        Assert.Equal("v2", artifact.Manifest.Version);
        Assert.Empty(Store("there").Versions("pumps", "pump"));
    }

    [Fact]
    public async Task Keep_MoreVersionsThanToBeKept_RemovesTheOldest()
    {
        await using S3Server server = await S3Server.StartAsync();
        ArtifactStore here = Store("here");
        using ModelBucket bucket = Bucket(server, here);
        for (int version = 1; version <= 4; version++)
        {
            Save(here, "p", $"v{version}");
            here.Prune("pumps", "p", 2);
            bucket.Keep("pumps", "p", keep: 2);
        }

        Assert.Equal(["v3", "v4"], server.Objects.Select(name => name.Split('/')[^2]).Distinct());
    }

    [Fact]
    public async Task Fetch_ObjectsThatDoNotVerify_LeavesWhatIsHere()
    {
        await using S3Server server = await S3Server.StartAsync();
        ArtifactStore here = Store("here"), there = Store("there");
        using ModelBucket first = Bucket(server, here), second = Bucket(server, there);
        Save(there, "p", "v1");
        Save(here, "p", "v2");
        string weights = Path.Combine(here.DirectoryOf("pumps", "p", "v2"), "weights.safetensors");
        byte[] bytes = await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(weights, bytes, TestContext.Current.CancellationToken);
        first.Keep("pumps", "p", keep: 3);

        second.Fetch("pumps", "p");
        Assert.Equal(["v1"], there.Versions("pumps", "p"));
    }

    [Fact]
    public async Task Fetch_VersionThatWasWithdrawnHere_StaysWithdrawn()
    {
        await using S3Server server = await S3Server.StartAsync();
        ArtifactStore here = Store("here");
        using ModelBucket bucket = Bucket(server, here);
        Save(here, "p", "v1");
        Save(here, "p", "v2");
        bucket.Keep("pumps", "p", keep: 3);
        here.Withdraw("pumps", "p", "v2");
        bucket.Fetch("pumps", "p");
        Assert.Equal(["v1"], here.Versions("pumps", "p"));
    }

    [Fact]
    public async Task Keep_ServerIsAway_PutsTheModelOnceItIsBack()
    {
        await using S3Server server = await S3Server.StartAsync();
        ArtifactStore here = Store("here");
        using ModelBucket bucket = Bucket(server, here);
        await server.StopAsync();
        Save(here, "p", "v1");
        bucket.Keep("pumps", "p", keep: 3);
        bucket.Fetch("pumps", "p");
        Assert.Equal(["v1"], here.Versions("pumps", "p"));

        await server.StartAgainAsync();
        Assert.Empty(server.Objects);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(3, server.Objects.Length);
    }

    private ArtifactStore Store(string name) => new(Path.Combine(_directory.Path, name));

    private ModelBucket Bucket(S3Server server, ArtifactStore store) => new(
        new ModelBucketOptions { Name = "models", Endpoint = server.Endpoint, AccessKey = S3Server.Account, SecretKey = S3Server.Account, Prefix = "detector/" },
        store, NullLogger.Instance, _clock);

    private static void Save(ArtifactStore store, string key, string version) =>
        store.Save(
            new ArtifactManifest
            {
                Pipeline = "pumps", Key = key, Version = version, CreatedAt = DateTimeOffset.UnixEpoch, Features = ["pressure"],
                Window = new ManifestWindow(16, TimeSpan.TicksPerSecond),
            },
            new Dictionary<string, ArtifactTensor> { ["w"] = ArtifactTensor.From([1f, 2f], 2) });
}
