using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Tests.Autoencoders;
using Detector.Tests.Support;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Inference;

public sealed class NetworkPlanTests
{
    private const int Windows = 70;

    public static TheoryData<string, string, string> Compiled
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string network in (string[])["denoising", "variational", "linear", "dense", "stacked", "sparse", "contractive"])
            {
                foreach (string activation in network == "linear" ? [Activations.Relu] : Activations.Names)
                    data.Add(network, activation, Activations.Linear);
                data.Add(network, Activations.Relu, Activations.Sigmoid);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Run_CompiledNetwork_GivesTheScoresOfTorch(string name, string activation, string output)
    {
        using var scope = NewDisposeScope();
        var dimensions = new WindowDimensions(16, 5);
        using Autoencoder network = Networks.Create(name, dimensions, new NetworkOptions { Hidden = [40, 24], Latent = 7, Activation = activation, OutputActivation = output });
        float[] windows = Draw(network);

        NetworkPlan whole = NetworkPlan.Of(network, newestOnly: false)!, newest = NetworkPlan.Of(network, newestOnly: true)!;

        float[] expected = Torch(network, windows), actual = Run(whole, windows, dimensions.Size);
        // A stretched sigmoid is the difference of two numbers near 1.
        double size = output == Activations.Sigmoid ? 1 : Math.Sqrt(expected.Average(value => (double)value * value));
        Assert.True(size > 0);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(Math.Abs(expected[i]), size));
        Assert.Equal(actual.Chunk(dimensions.Size).SelectMany(window => window[^dimensions.Features..]), Run(newest, windows, dimensions.Size));
        Assert.True(newest.Operations < whole.Operations && newest.Bytes < whole.Bytes);
    }

    [Theory]
    [InlineData("convolutional")]
    [InlineData("recurrent")]
    [InlineData("adversarial")]
    public void Of_NetworkThatIsMoreThanLayers_IsNull(string name)
    {
        using Autoencoder network = Networks.Create(name, new WindowDimensions(16, 5), new NetworkOptions());

        Assert.Null(NetworkPlan.Of(network, newestOnly: false));
    }

    [Fact]
    public void Of_VariationalWithDraws_IsNull()
    {
        using Autoencoder network = Networks.Create("variational", new WindowDimensions(16, 5), new NetworkOptions { Samples = 3 });

        Assert.Null(NetworkPlan.Of(network, newestOnly: false));
    }

    [Fact]
    public void Run_SteadyState_AllocatesNothing()
    {
        using Autoencoder network = Networks.Create("denoising", new WindowDimensions(16, 5), new NetworkOptions { Activation = Activations.Elu });
        NetworkPlan plan = NetworkPlan.Of(network, newestOnly: true)!;
        float[] windows = Draw(network);
        var scratch = new PlanScratch();
        plan.Run(windows, network.Dimensions.Size, Windows, scratch);

        Assert.Equal(0, Allocations.Least(() => plan.Run(windows, network.Dimensions.Size, Windows, scratch)));
    }

    /// <summary>Scaled windows; a linear network gets components to project on.</summary>
    private static float[] Draw(Autoencoder network)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(5, CPU);
        Tensor windows = randn([Windows, network.Dimensions.Size], generator: generator); // (B, D)
        network.TrySolve(windows + 0.5, null);
        return AffineLayer.Values(windows);
    }

    private static float[] Run(NetworkPlan plan, float[] windows, int size)
    {
        ReadOnlySpan<float> outputs = plan.Run(windows, size, Windows, new PlanScratch()).Span;
        float[] values = new float[Windows * plan.Outputs];
        for (int i = 0; i < Windows; i++)
            outputs.Slice(i * plan.OutputStride, plan.Outputs).CopyTo(values.AsSpan(i * plan.Outputs));
        return values;
    }

    /// <summary>What scoring by torch makes of windows: the newest row hidden where the network is to predict it.</summary>
    private static float[] Torch(Autoencoder network, float[] windows)
    {
        using var scope = NewDisposeScope();
        using var noGrad = inference_mode();
        int size = network.Dimensions.Size, features = network.Dimensions.Features;
        float[] input = [.. windows];
        for (int end = size; network.HidesNewestRow && end <= input.Length; end += size)
            input.AsSpan(end - 2 * features, features).CopyTo(input.AsSpan(end - features));
        return AffineLayer.Values(network.Score(tensor(input).reshape(Windows, size)));
    }
}
