using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class SchedulerTests
{
    [Fact]
    public void StepLR_EveryThird_MultipliesByGamma() =>
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Rates(sgd => StepLR(sgd, 3, 0.5), 7), Close);

    [Fact]
    public void LambdaLR_OfEpoch_ScalesTheFirstRate() =>
        Assert.Equal([1, 0.5, 1 / 3.0], Rates(sgd => LambdaLR(sgd, epoch => 1.0 / (epoch + 1)), 3), Close);

    [Fact]
    public void CosineAnnealingLR_ToTheEnd_FollowsTheCosine() =>
        Assert.Equal(
            Enumerable.Range(0, 11).Select(t => 0.1 + 0.9 * (1 + Math.Cos(Math.PI * t / 10)) / 2),
            Rates(sgd => CosineAnnealingLR(sgd, 10, 0.1), 11), Close);

    [Fact]
    public void OneCycleLR_ToTheEnd_RisesThenFalls()
    {
        var rates = Rates(sgd => OneCycleLR(sgd, 2, total_steps: 10, pct_start: 0.4), 10, momentum: 0.9);
        Assert.Equal(2.0 / 25, rates[0], 9);
        Assert.Equal(2, rates[3], 9);
        Assert.Equal(2.0 / 25 / 1e4, rates[9], 9);
        Assert.Equal(1, rates.Skip(4).Take(3).Aggregate((1, rates[3]), (s, r) => (r < s.Item2 ? s.Item1 : 0, r)).Item1);
    }

    [Fact]
    public void ReduceLROnPlateau_WithoutImprovement_Reduces()
    {
        using var p = nn.Parameter(ones(1));
        using var sgd = optim.SGD([p], 1.0);
        var plateau = ReduceLROnPlateau(sgd, factor: 0.5, patience: 1);
        double[] losses = [5, 4, 4, 4, 4, 4, 1];
        var rates = losses.Select(loss =>
        {
            plateau.step(loss);
            return sgd.ParamGroups.First().LearningRate;
        });
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.25, 0.25], rates, Close);
        Assert.Throws<InvalidOperationException>(() => plateau.step());
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9;

    private static List<double> Rates(Func<optim.Optimizer, LRScheduler> create, int steps, double momentum = 0)
    {
        using var p = nn.Parameter(ones(1));
        using var sgd = optim.SGD([p], 1.0, momentum);
        var scheduler = create(sgd);
        var rates = new List<double>();
        for (var i = 0; i < steps; i++)
        {
            rates.Add(sgd.ParamGroups.First().LearningRate);
            if (i < steps - 1) scheduler.step();
        }

        Assert.Equal(rates[^1], scheduler.get_last_lr().First());
        return rates;
    }
}
