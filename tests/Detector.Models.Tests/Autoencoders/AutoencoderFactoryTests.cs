using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class AutoencoderFactoryTests
{
    private static readonly WindowDimensions Dimensions = new(5, 3);

    [Fact]
    public void Create_UnknownName_NamesTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => Networks.Create("transformer", Dimensions));

        Assert.Contains("'transformer'", error.Message, StringComparison.Ordinal);
        Assert.All(AutoencoderFactory.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Networks.Names), MemberType = typeof(Networks))]
    public void Create_AnyNetwork_KeepsTheContractOfShapes(string name)
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create(name, Dimensions);

        Assert.Equal(name, network.Name);
        Assert.Equal([7L, 15L], network.forward(zeros(7, 15)).shape);
        Assert.Equal([7L, 6L], network.Encode(zeros(7, 15)).shape);
        Assert.Equal(1, network.Loss(zeros(7, 15), null, 0, null).numel());
    }

    [Theory]
    [MemberData(nameof(Networks.Trained), MemberType = typeof(Networks))]
    public void Create_TwiceWithOneSeed_IgnoresTheGlobalGenerator(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using Autoencoder first = Networks.Create(name, Dimensions);
        manual_seed(2);
        using Autoencoder second = Networks.Create(name, Dimensions);

        Assert.All(first.state_dict(), entry => Assert.Equal(0, Networks.Squared(entry.Value - second.state_dict()[entry.Key])));
    }

    [Theory]
    [MemberData(nameof(Networks.Trained), MemberType = typeof(Networks))]
    public void Loss_Backward_ReachesEveryParameter(string name)
    {
        using var scope = NewDisposeScope();
        using Generator noise = new(1, CPU);
        using Autoencoder network = Networks.Create(name, Dimensions);

        network.Loss(randn([32, 15], generator: noise), null, 1, noise).backward();

        Assert.All(network.named_parameters(), entry => Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, entry.name));
    }

    [Theory]
    [MemberData(nameof(Networks.Names), MemberType = typeof(Networks))]
    public void Loss_ValuesUnderTheMask_AreNoTarget(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using Autoencoder network = Networks.Create(name, Dimensions);
        foreach (Tensor value in network.state_dict().Values)
            value.zero_(); // what the network reads no longer matters
        using Generator generator = new(6, CPU);
        Tensor windows = randn([20, 15], generator: generator);
        Tensor observed = rand([20, 15], generator: generator).ge(0.3).to(ScalarType.Float32);
        Tensor other = windows * observed + (1 - observed) * 17;

        float loss = network.Loss(windows, observed, 0, null).item<float>();

        Assert.Equal(loss, network.Loss(other, observed, 0, null).item<float>(), 1e-6f);
        Assert.NotEqual(network.Loss(windows, null, 0, null).item<float>(), network.Loss(other, null, 0, null).item<float>(), 1e-3f);
        Assert.True(float.IsFinite(network.Loss(windows, zeros_like(observed), 0, null).item<float>()));
    }

    [Fact]
    public void Problems_ImpossibleOptions_NameEachKeyAndValue()
    {
        var options = new NetworkOptions { Hidden = [0], Latent = -1, CorruptionNoise = double.NaN, CorruptionMasking = 1, Beta = -2, BetaWarmup = 3 };

        string[] problems = [.. options.Problems()];

        Assert.Equal(6, problems.Length);
        Assert.Contains("Latent is -1", problems[1], StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.Contains("; give ", problem, StringComparison.Ordinal));
        Assert.Empty(new NetworkOptions().Problems());
    }
}
