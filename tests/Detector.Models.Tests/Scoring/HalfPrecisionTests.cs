using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Scoring;

/// <summary>Scoring in bfloat16, which processors compute too, by torch.</summary>
public sealed class HalfPrecisionTests
{
    private static readonly Plant s_plant = Plant.Run(400, 8, 3, seed: 1);

    public static TheoryData<string> TorchNetworks => ["dense", "recurrent", "recurrent lstm", "adversarial", "variational sampled"];

    [Theory]
    [MemberData(nameof(TorchNetworks))]
    public void Train_BFloat16_CalibratesAndServesInItWithTheSameVerdicts(string kind)
    {
        TrainedModel exact = s_plant.Train(Settings(kind), Plant.ByTorch), trained = s_plant.Train(Half(kind), Plant.ByTorch);
        using AnomalyModel one = exact.Model, half = trained.Model;

        Assert.Equal((Precision.F32, Precision.BF16), (one.Precision, half.Precision));
        Assert.Null(half.PrecisionNote);
        Assert.Equal(("bfloat16", "bfloat16"), (trained.Report.Precision!.Asked, trained.Report.Precision.Served));
        Assert.InRange(trained.Report.Precision.Agreement!.Value, PrecisionProbes.LeastAgreement, 1);
        Assert.Null(exact.Report.Precision);
        int flipped = 0, differing = 0;
        for (int newest = 20; newest < s_plant.Count; newest += 3)
        {
            double[] faulty = s_plant.Window(newest);
            faulty[^1] += 6 * Plant.Unit(2);
            foreach (double[] window in (double[][])[s_plant.Window(newest), faulty])
            {
                double a = Scored.Alone(one, window).Score, b = Scored.Alone(half, window).Score;
                differing += a == b ? 0 : 1;
                flipped += a > exact.Threshold.Value == b > trained.Threshold.Value ? 0 : 1;
            }

            Assert.True(Scored.Alone(half, faulty).Score > trained.Threshold.Value);
        }

        Assert.InRange(flipped, 0, 3);
        Assert.True(differing > 200, "Scores to the last bit are those of single precision.");
    }

    [Theory]
    [MemberData(nameof(TorchNetworks))]
    public void Score_AmongOthersOrAlone_GivesTheSameBits(string kind)
    {
        using AnomalyModel model = s_plant.Train(Half(kind), Plant.ByTorch).Model;
        using var tile = new ScoringWorkspace(model.Dimensions);
        for (int i = 0; !tile.IsFull; i++)
            tile.Add(s_plant.Window(100 + i), model, model.CreateMemory());

        model.Score(tile);

        foreach (int i in (ReadOnlySpan<int>)[0, 1, 5, 6, 31, 63])
            Assert.Equal(Scored.Alone(model, s_plant.Window(100 + i)), Scored.At(tile, i));
    }

    [Fact]
    public void Train_BFloat16WhereEveryNetworkHasAPlan_IsSinglePrecision()
    {
        ComputeDevice cpu = ComputeDevice.Select("cpu");
        using AnomalyModel model = new ModelTrainer(Half("dense"), cpu, TimeProvider.System).Train(s_plant, null, TestContext.Current.CancellationToken).Model;
        using AnomalyModel exact = new ModelTrainer(Settings("dense"), cpu, TimeProvider.System).Train(s_plant, null, TestContext.Current.CancellationToken).Model;

        Assert.Equal(Precision.F32, model.Precision);
        Assert.Null(model.PrecisionNote);
        Assert.Equal(Scored.Alone(exact, s_plant.Window(100)), Scored.Alone(model, s_plant.Window(100)));
        Assert.DoesNotContain("probes", ModelArtifact.Tensors(model).Keys);
    }

    [Fact]
    public void Train_NetworkThatTorchMayNotCompute_FallsBackAndSaysWhy()
    {
        TrainedModel trained = s_plant.Train(Half("convolutional"), Plant.ByTorch);
        using AnomalyModel model = trained.Model;

        Assert.True(double.IsFinite(Scored.Alone(model, s_plant.Window(100)).Score));
        Assert.Equal(model.Precision.Name(), trained.Report.Precision!.Served);
        Assert.Equal(model.Precision == Precision.F32, model.PrecisionNote?.Contains("convolutional", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Of_VerdictsThatDiffer_FallsBackAndSaysByHowMuch()
    {
        TrainedModel trained = s_plant.Train(Settings("recurrent"), Plant.ByTorch);
        using AnomalyModel model = trained.Model;
        var single = new ScoringTarget(Plant.ByTorch);
        CalibratedModel exact = Calibrated(Plant.Run(400, 8, 3, seed: 1)), other = Calibrated(Plant.Run(400, 8, 3, seed: 1).With((row, _, x) => row % 7 == 0 ? x + 300 : x));

        (CalibratedModel served, PrecisionReport? report) = PrecisionTrial.Of(exact, single with { Precision = Precision.BF16 }, _ => other);

        Assert.Same(exact, served);
        Assert.Equal(("bfloat16", "float32"), (report!.Asked, report.Served));
        Assert.True(report.Difference > PrecisionProbes.MostDifference);
        Assert.Contains("of the threshold", served.Model.PrecisionNote, StringComparison.Ordinal);

        CalibratedModel Calibrated(Plant plant)
        {
            using TrainingWindows windows = plant.Windows();
            return CalibratedModel.Of([.. model.Members], plant.Features, model.Scaler, windows, Settings("recurrent"), single);
        }
    }

    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(float.NaN)]
    public void Run_NetworkThatOverflows_LeavesTheValueAsTheResidual(float weight)
    {
        using Autoencoder network = Model(Settings("recurrent")).Members[0];
        using (no_grad())
        {
            foreach (Tensor weights in network.parameters())
                weights.fill_(weight);
        }

        using var reconstructor = new Reconstructor(network, new ScoringTarget(Plant.ByTorch, Precision.BF16));
        using var tile = new ScoringWorkspace(s_plant.Dimensions);
        tile.AddScaled([.. Enumerable.Repeat(20f, s_plant.Dimensions.Size)], []);

        reconstructor.Run(tile);

        Assert.All(tile.Reconstruction(0).ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(TorchNetworks))]
    public void Score_ExtremeValues_StayAnomalies(string kind)
    {
        TrainedModel trained = s_plant.Train(Half(kind), Plant.ByTorch);
        using AnomalyModel model = trained.Model;
        foreach (double extreme in (double[])[1e6, -1e30, double.MaxValue])
        {
            double[] window = s_plant.Window(200);
            (window[^2], window[3]) = (extreme, -extreme);
            Scored scored = Scored.Alone(model, window);

            Assert.True(double.IsFinite(scored.Score) && scored.Score > trained.Threshold.Value, $"{extreme}: {scored.Score}");
            Assert.Equal(1, scored.Culprit);
            Assert.All(scored.Expected, value => Assert.True(float.IsFinite(value)));
        }
    }

    internal static ModelSettings Half(string kind) => Settings(kind) with { Precision = Precision.BF16 };

    internal static ModelSettings Settings(string kind) => Plant.Quick with
    {
        Networks = [kind.Split(' ')[0]],
        Network = Plant.Quick.Network with
        {
            Hidden = [12],
            Cell = kind.EndsWith("lstm", StringComparison.Ordinal) ? "lstm" : "gru",
            Samples = kind.EndsWith("sampled", StringComparison.Ordinal) ? 5 : 0,
        },
    };

    private static AnomalyModel Model(ModelSettings settings) => s_plant.Train(settings, Plant.ByTorch).Model;
}
