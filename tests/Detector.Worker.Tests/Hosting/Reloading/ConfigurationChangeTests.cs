using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Hosting.Reloading;

namespace Detector.Worker.Tests.Hosting.Reloading;

public sealed class ConfigurationChangeTests
{
    [Fact]
    public void Entries_SameFile_AreNone() => Assert.Empty(Change().Entries);

    [Fact]
    public void Entries_ChangedAddedAndSecret_AreNamedOnceEach()
    {
        ConfigurationChange change = Change(
            "Pipelines:pumps:Threshold:FalseAlarms=1 per series per day", "Pipelines:pumps:MaxSeries=5", "Sinks:extra:Type=stdout",
            "Sources:plant:Client:sasl.password=new", "DrainTimeout=00:00:10");

        Assert.Equal(["DrainTimeout", "Pipelines:pumps", "Sinks:extra", "Sources:plant"], change.Entries);
    }

    [Fact]
    public void Of_ChangedSink_LeavesOutWhatIsAsBefore()
    {
        LoadedConfiguration after = Load("Sinks:alerts:Topic=others");
        Assert.Equal("alerts", Assert.Single(Change("Sinks:alerts:Topic=others").Of(after.Options).Sinks).Key);
        Assert.Empty(Change("Sinks:alerts:Topic=others").Of(after.Options).Sources);
    }

    private static ConfigurationChange Change(params string[] overrides) =>
        new(EffectiveValues.Of(Load().Options), EffectiveValues.Of(Load(overrides).Options));

    private static LoadedConfiguration Load(params string[] overrides) =>
        ConfigurationLoader.Load([RepositoryFiles.Path("configs", "kafka.json")], overrides, new Dictionary<string, string>());
}
