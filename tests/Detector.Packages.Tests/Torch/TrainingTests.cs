using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class TrainingTests
{
    [Fact]
    public void Step_OnAutoencoder_LowersTheLoss()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(("encode", nn.Linear(8, 3)), ("act", nn.ReLU()), ("decode", nn.Linear(3, 8)));
        using var adam = optim.Adam(model.parameters(), lr: 1e-2);
        var x = randn(64, 8);

        var losses = new List<float>();
        for (var i = 0; i < 100; i++)
        {
            using var batch = NewDisposeScope();
            adam.zero_grad();
            var loss = nn.functional.mse_loss(model.call(x), x);
            loss.backward();
            adam.step();
            losses.Add(loss.item<float>());
        }

        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} -> {losses[^1]}");
    }

    [Fact]
    public void Step_ThousandBatches_LeaksNoTensor()
    {
        manual_seed(1);
        using var model = nn.Sequential(nn.Linear(8, 3), nn.Tanh(), nn.Linear(3, 8));
        using var adam = optim.Adam(model.parameters());
        using var x = randn(16, 8);
        Batch();
        Collect();
        var before = Tensor.TotalCount;

        for (var i = 0; i < 1000; i++) Batch();

        Assert.Equal(before, Tensor.TotalCount);

        static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        void Batch()
        {
            using var scope = NewDisposeScope();
            adam.zero_grad();
            nn.functional.mse_loss(model.call(x), x).backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            adam.step();
        }
    }
}
