using Detector.Models.Autoencoders;
using Detector.Models.Training;
using Detector.Worker.Hosting;
using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Tests.Hosting;

public sealed class ModelSettingsFactoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Create_OptionsOfOneNetwork_LeaveTheOthersAlone()
    {
        ModelSettings settings = Settings("""
            { "Networks": ["denoising", "sparse"], "Latent": 24, "Hidden": [64],
              "Options": { "sparse": { "SparsityTarget": 0.02, "Hidden": [], "Activation": "tanh" } } }
            """);

        NetworkOptions denoising = settings.OptionsOf("denoising"), sparse = settings.OptionsOf("sparse");
        Assert.Equal([64], denoising.Hidden);
        Assert.Equal((24, 0.05, "relu"), (denoising.Latent, denoising.SparsityTarget, denoising.Activation));
        Assert.Empty(sparse.Hidden);
        Assert.Equal((24, 0.02, "tanh"), (sparse.Latent, sparse.SparsityTarget, sparse.Activation));
    }

    [Fact]
    public void Create_TheTextbookNetwork_IsExpressible()
    {
        ModelSettings settings = Settings("""
            { "Networks": ["dense"], "Hidden": [256], "Latent": 64, "Scaler": "minmax",
              "Options": { "dense": { "Activation": "relu", "OutputActivation": "sigmoid" } } }
            """);

        NetworkOptions dense = settings.OptionsOf("dense");
        Assert.Equal([256], dense.Hidden);
        Assert.Equal((64, "relu", "sigmoid"), (dense.Latent, dense.Activation, dense.OutputActivation));
        Assert.Equal("minmax", settings.Scaler);
        Assert.Equal(["dense"], settings.Networks);
    }

    [Fact]
    public void Create_EveryOption_ArrivesAtItsNetwork()
    {
        const string Json = """
            { "Networks": ["recurrent"], "Scaler": "minmax", "Options": { "recurrent": {
              "Hidden": [3], "Latent": 2, "Activation": "elu", "OutputActivation": "sigmoid", "WeightDecay": 0.01, "CorruptionNoise": 0.5,
              "CorruptionMasking": 0.4, "CorruptionSwap": 0.3, "SparsityTarget": 0.2, "SparsityWeight": 5, "ContractionWeight": 0.7,
              "PretrainingShare": 0.6, "Beta": 4, "BetaWarmup": 0.9, "Samples": 8, "Channels": [7], "Kernel": 3, "Cell": "lstm",
              "AdversarialEpochs": 6, "AdversarialAlpha": 0.8 } } }
            """;

        NetworkOptions given = Settings(Json).OptionsOf("recurrent"), defaults = new();

        Assert.Empty(given.Problems());
        Assert.All(typeof(NetworkOptions).GetProperties(), property => Assert.NotEqual(property.GetValue(defaults), property.GetValue(given)));
    }

    [Theory]
    [InlineData("""{ "Options": { "spare": { "Latent": 3 } } }""", "Model:Options:spare names no network: did you mean \"sparse\"?")]
    [InlineData("""{ "Options": { "sparse": { "SparsityTarget": 1 } } }""", "Model:Options:sparse:SparsityTarget is 1; give a share above 0")]
    [InlineData("""{ "Options": { "recurrent": { "Cell": "rnn" } } }""", "Model:Options:recurrent:Cell is 'rnn'; give one of gru, lstm")]
    [InlineData("""{ "Options": { "dense": { "Width": 3 } } }""", "Model:Options:dense:Width")]
    [InlineData("""{ "Options": { "dense": { "OutputActivation": "sigmoid" } } }""", "write Scaler minmax or OutputActivation linear.")]
    [InlineData("""{ "Networks": ["transformer"] }""", "write one of denoising, variational, linear, dense, stacked")]
    public void Load_ImpossibleOptions_AreOneSentenceWithKeyAndRemedy(string model, string expected) =>
        Assert.Contains(expected, Assert.Single(Load(model).Errors), StringComparison.Ordinal);

    private ModelSettings Settings(string model)
    {
        LoadedConfiguration loaded = Load(model);
        Assert.Empty(loaded.Errors);
        return ModelSettingsFactory.Create(loaded.Options.Pipelines["pumps"]);
    }

    private LoadedConfiguration Load(string model)
    {
        string file = _directory.Write("model.json", $$"""{ "Detector": { "Pipelines": { "pumps": { "Model": {{model}} } } } }""");
        return ConfigurationLoader.Load([RepositoryFiles.Path("configs", "kafka.json"), file], [], new Dictionary<string, string>());
    }
}
