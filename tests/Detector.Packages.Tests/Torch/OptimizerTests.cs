using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class OptimizerTests
{
    private static readonly double[] Start = [1.0, -2.0, 0.5];

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.0, true)]
    public void Adam_SeveralSteps_EqualsPlainArithmetic(double decay, bool amsgrad)
    {
        using var p = Parameter();
        using var optimizer = optim.Adam([p], lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: decay, amsgrad: amsgrad);
        Compare(p, optimizer, PlainAdam(0.05, 0.8, 0.95, 1e-6, decay, decoupled: false, amsgrad));
    }

    [Fact]
    public void AdamW_SeveralSteps_EqualsPlainArithmetic()
    {
        using var p = Parameter();
        using var optimizer = optim.AdamW([p], lr: 0.05, weight_decay: 0.2);
        Compare(p, optimizer, PlainAdam(0.05, 0.9, 0.999, 1e-8, 0.2, decoupled: true, amsgrad: false));
    }

    [Theory]
    [InlineData(0.0, 0.0, false)]
    [InlineData(0.9, 0.0, false)]
    [InlineData(0.9, 0.1, true)]
    public void Sgd_SeveralSteps_EqualsPlainArithmetic(double momentum, double decay, bool nesterov)
    {
        using var p = Parameter();
        using var optimizer = optim.SGD([p], 0.1, momentum, weight_decay: decay, nesterov: nesterov);
        double[]? buffer = null;
        Compare(p, optimizer, (x, g) =>
        {
            for (var i = 0; i < g.Length; i++) g[i] += decay * x[i];
            if (momentum != 0)
            {
                buffer = buffer is null ? (double[])g.Clone() : buffer.Zip(g, (b, v) => momentum * b + v).ToArray();
                g = nesterov ? g.Zip(buffer, (v, b) => v + momentum * b).ToArray() : buffer;
            }

            for (var i = 0; i < x.Length; i++) x[i] -= 0.1 * g[i];
        });
    }

    [Fact]
    public void Step_WithoutGradient_LeavesTheParameter()
    {
        using var used = Parameter();
        using var unused = Parameter();
        using var adam = optim.Adam([used, unused], lr: 0.1);
        used.square().sum().backward();
        adam.step();
        Expect.Equal(Start, unused);
        Assert.NotEqual(Start, Expect.Values(used));
        adam.zero_grad();
        Expect.Equal([0, 0, 0], used.grad!);
    }

    [Fact]
    public void Step_WithClosure_ReturnsItsLoss()
    {
        using var p = Parameter();
        using var adam = optim.Adam([p]);
        using var loss = adam.step(() =>
        {
            var l = p.square().sum();
            l.backward();
            return l;
        });
        Assert.Equal(5.25, loss!.ToDouble());
    }

    [Fact]
    public void ParamGroups_LearningRate_IsUsedByTheNextStep()
    {
        using var a = Parameter();
        using var b = Parameter();
        using var sgd = optim.SGD([new SGD.ParamGroup([a], lr: 0.1), new SGD.ParamGroup([b], lr: 0.2)], 0.5);
        foreach (var group in sgd.ParamGroups) group.LearningRate *= 10;
        (a.sum() + b.sum()).backward();
        sgd.step();
        Expect.Equal([0, -3, -0.5], a);
        Expect.Equal([-1, -4, -1.5], b);
        Assert.Equal([0.1, 0.2], sgd.ParamGroups.Select(g => g.InitialLearningRate));
    }

    [Fact]
    public void ClipGradNorm_LargeAndSmall_ScalesOnlyTheLarge()
    {
        using var p = Parameter();
        p.grad = Expect.Doubles(3, 4, 0);
        Assert.Equal(5, nn.utils.clip_grad_norm_([p], 10), 9);
        Expect.Equal([3, 4, 0], p.grad!);
        Assert.Equal(5, nn.utils.clip_grad_norm_([p], 1), 9);
        Expect.Equal([0.6, 0.8, 0], p.grad!, 1e-6);
    }

    [Fact]
    public void Constructor_BadOptions_Throws()
    {
        using var p = Parameter();
        Assert.Throws<ArgumentException>(() => optim.Adam([p], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([p], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p], 0.1, nesterov: true));
    }

    private static Parameter Parameter() => nn.Parameter(tensor(Start));

    /// <summary>Minimises Σ(i+1)·x² with both.</summary>
    private static void Compare(Parameter p, optim.Optimizer optimizer, Action<double[], double[]> plain)
    {
        var x = (double[])Start.Clone();
        using var weights = Expect.Doubles(1, 2, 3);
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();
            (weights * p.square()).sum().backward();
            optimizer.step();
            plain(x, x.Select((v, i) => 2 * (i + 1) * v).ToArray());
            Expect.Equal(x, p, 1e-9);
        }
    }

    private static Action<double[], double[]> PlainAdam(
        double lr, double beta1, double beta2, double eps, double decay, bool decoupled, bool amsgrad)
    {
        var (m, v, largest, t) = (new double[3], new double[3], new double[3], 0);
        return (x, g) =>
        {
            t++;
            for (var i = 0; i < x.Length; i++)
            {
                if (decoupled) x[i] *= 1 - lr * decay;
                else g[i] += decay * x[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                largest[i] = Math.Max(largest[i], v[i]);
                var second = (amsgrad ? largest[i] : v[i]) / (1 - Math.Pow(beta2, t));
                x[i] -= lr * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(second) + eps);
            }
        };
    }
}
