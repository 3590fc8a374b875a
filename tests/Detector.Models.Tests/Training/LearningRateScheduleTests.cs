using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData("constant", 1, 1, 1)]
    [InlineData("cosine", 1, 0.5, 0)]
    [InlineData("one-cycle", 0.04, 0.811745, 0)]
    public void Factor_BeginningMiddleAndEnd(string schedule, double first, double middle, double last)
    {
        Assert.Equal(first, LearningRateSchedule.Factor(schedule, 0), 1e-6);
        Assert.Equal(middle, LearningRateSchedule.Factor(schedule, 0.5), 1e-6);
        Assert.Equal(last, LearningRateSchedule.Factor(schedule, 1), 1e-6);
    }

    [Fact]
    public void OneCycle_PeaksWhereTheRiseEnds()
    {
        double[] factors = [.. Enumerable.Range(0, 101).Select(i => LearningRateSchedule.Factor("one-cycle", i / 100.0))];
        Assert.Equal(30, Array.IndexOf(factors, factors.Max()));
        Assert.Equal(1, factors[30], 1e-9);
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("one-cycle")]
    public void Train_Schedule_EndsWithStepsThatHardlyMove(string schedule)
    {
        // At a rate that is far too high a constant one keeps jumping; one that falls comes to rest.
        Assert.True(LastSteps(schedule) < 0.7 * LastSteps("constant"), $"{LastSteps(schedule)} and {LastSteps("constant")}");

        static double LastSteps(string schedule)
        {
            TrainedModel trained = Plant.Run(500, 8, 3, seed: 2).Train(Plant.Quick with
            {
                Networks = ["denoising"],
                Trainer = new TrainerOptions { MaxSteps = 400, EvaluateEvery = 10, BatchSize = 32, LearningRate = 0.03, Patience = 1000, Schedule = schedule },
            });
            trained.Model.Dispose();
            double[] last = [.. trained.Report.Networks[0].ValidationLoss.TakeLast(10)];
            return last.Zip(last.Skip(1), (a, b) => Math.Abs(a - b)).Average();
        }
    }

    [Fact]
    public void Train_UnknownSchedule_IsRefusedByName()
    {
        var error = Assert.Throws<TrainingException>(() => Plant.Run(300, 8, 3, seed: 1).Train(Plant.Quick with { Trainer = new TrainerOptions { Schedule = "linear" } }));
        Assert.Contains("Schedule is 'linear'; give one of constant, cosine, one-cycle", error.Message, StringComparison.Ordinal);
    }
}
