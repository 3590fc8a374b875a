using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Tests.Autoencoders;
using Detector.Tests.Support;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Inference;

public sealed class NetworkPlanTests
{
    private const int Windows = 70;

    /// <summary>A network, with what is special about it behind its name, an activation, and one behind the last layer.</summary>
    public static TheoryData<string, string, string> Compiled
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string network in (string[])[.. AutoencoderFactory.Names, "recurrent lstm", "variational sampled", "convolutional kernel 1", "convolutional kernel 3 odd", "convolutional kernel 7 deep"])
            {
                foreach (string activation in network.StartsWith("linear", StringComparison.Ordinal) || network.StartsWith("recurrent", StringComparison.Ordinal) ? [Activations.Relu] : Activations.Names)
                    data.Add(network, activation, Activations.Linear);
                data.Add(network, Activations.Relu, Activations.Sigmoid);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Run_CompiledNetwork_GivesTheScoresOfTorch(string kind, string activation, string output)
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Create(kind, activation, output);
        WindowDimensions dimensions = network.Dimensions;
        float[] windows = Draw(network);

        NetworkPlan whole = network.Compile(newestOnly: false)!, newest = network.Compile(newestOnly: true)!;

        float[] expected = Torch(network, windows), actual = Run(whole, windows, dimensions.Size);
        // A stretched sigmoid is the difference of two numbers near 1.
        double size = output == Activations.Sigmoid ? 1 : Math.Sqrt(expected.Average(value => (double)value * value));
        Assert.True(size > 0);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(Math.Abs(expected[i]), size));
        Assert.Equal(actual.Chunk(dimensions.Size).SelectMany(window => window[^dimensions.Features..]), Run(newest, windows, dimensions.Size));
        Assert.True(newest.Operations < whole.Operations && newest.Bytes <= whole.Bytes);
    }

    [Theory]
    [MemberData(nameof(Networks.Names), MemberType = typeof(Networks))]
    public void Run_WindowAloneOrAmongOthers_GivesTheSameBits(string name)
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Create(name, Activations.Tanh, Activations.Sigmoid);
        float[] windows = Draw(network);
        NetworkPlan plan = network.Compile(newestOnly: false)!;
        float[] all = Run(plan, windows, network.Dimensions.Size);

        for (int i = 0; i < Windows; i++)
        {
            var range = new Range(i * plan.Outputs, (i + 1) * plan.Outputs);
            Assert.Equal(all[range], plan.Run(windows.AsSpan(range), network.Dimensions.Size, 1, new PlanScratch()).Span[..plan.Outputs].ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Networks.Names), MemberType = typeof(Networks))]
    public void Run_SteadyState_AllocatesNothing(string name)
    {
        using Autoencoder network = Create(name, Activations.Elu, Activations.Linear);
        NetworkPlan plan = network.Compile(newestOnly: true)!;
        float[] windows = Draw(network);
        var scratch = new PlanScratch();
        plan.Run(windows, network.Dimensions.Size, Windows, scratch);

        Assert.Equal(0, Allocations.Least(() => plan.Run(windows, network.Dimensions.Size, Windows, scratch)));
    }

    private static Autoencoder Create(string kind, string activation, string output)
    {
        bool Is(string what) => kind.Contains(what, StringComparison.Ordinal);
        return Networks.Create(kind.Split(' ')[0], new WindowDimensions(Is("odd") ? 13 : 16, 5), new NetworkOptions
        {
            Hidden = [40, 24], Latent = 7, Activation = activation, OutputActivation = output, Samples = Is("sampled") ? 3 : 0,
            Cell = Is("lstm") ? RecurrentCells.Lstm : RecurrentCells.Gru, Kernel = Is("kernel") ? kind.Split(' ')[2][0] - '0' : 5, Channels = Is("deep") ? [12, 20, 6] : [20, 33],
        });
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
