using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>Where a series hands its samples once they are laid on the grid.</summary>
internal interface ISeriesOutput
{
    /// <summary>Whether another window can be taken now.</summary>
    bool HasRoom { get; }

    /// <summary>A series is about to change.</summary>
    void BeforeChange(SeriesState series)
    {
    }

    /// <summary>Takes a window that is to be scored, and the sample's receipt.</summary>
    void Score(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival);

    /// <summary>Takes the receipt of a sample that is not scored: it was learned from, or its window is not full.</summary>
    void Skip(SeriesState series, long ticks, Receipt receipt);

    /// <summary>Takes what a series has found about its data, and a claim of its own on the message that showed it.</summary>
    void Signal(SeriesState series, in QualitySignal signal, Receipt receipt);

    /// <summary>The model of a series is to be reviewed, as it stands before the next window.</summary>
    /// <remarks>Where nobody reviews, the model stays.</remarks>
    /// <param name="commanded">Whether it is to be learned anew because somebody wants it.</param>
    void Review(SeriesState series, long ticks, bool commanded) => series.Answer(new ReviewAnswer(ticks, null));

    /// <summary>A series has found its collection complete.</summary>
    void RequestTraining(SeriesState series);
}
