using System.Globalization;
using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Decides in which precision a model serves: in the one asked for if torch computes it and the verdicts stay the same.</summary>
internal static class PrecisionTrial
{
    /// <summary>Tries a freshly trained model. Each candidate was calibrated by its own scores.</summary>
    /// <param name="exact">In single precision, with probes.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="make">The same model in another precision.</param>
    /// <returns>The one that serves; the other's networks are those of this one.</returns>
    public static (CalibratedModel Served, PrecisionReport? Report) Of(CalibratedModel exact, ScoringTarget asked, Func<ScoringTarget, CalibratedModel> make)
    {
        AnomalyModel model = exact.Model;
        if (asked.Precision == Precision.F32 || model.Probes is not { } probes)
            return (exact, null);
        if (Problem(model.Members, asked) is { } problem)
            return Stay(problem, null);
        CalibratedModel other = make(asked);
        other.Model.Probes = probes;
        (double Agreement, double Difference) figures = PrecisionProbes.Compare(model, exact.Threshold.Value, other.Model, other.Threshold.Value, probes);
        if (!PrecisionProbes.Accepts(figures))
        {
            other.Model.GiveWay();
            return Stay(InWords(figures), figures);
        }

        model.GiveWay();
        return (other, new PrecisionReport(asked.Precision.Name(), asked.Precision.Name(), figures.Agreement, figures.Difference));

        (CalibratedModel, PrecisionReport) Stay(string why, (double Agreement, double Difference)? tried)
        {
            model.PrecisionNote = $"is scored in float32 and not in {asked.Precision.Name()} as Model:Precision asks, since {why}; write Model:Precision float32 to hear no more of it.";
            return (exact, new PrecisionReport(asked.Precision.Name(), Precision.F32.Name(), tried?.Agreement, tried?.Difference));
        }
    }

    /// <summary>
    /// Tries a stored model in a precision it was not calibrated in: its threshold stays in force if the scores are nearly the same, else the precision
    /// of the calibration does.
    /// </summary>
    /// <param name="calibrated">Precision of the scores that the threshold was fitted on.</param>
    /// <param name="threshold">That threshold.</param>
    /// <param name="probes">Null when none were stored.</param>
    /// <param name="networks">The model's networks.</param>
    /// <param name="make">The model in some precision.</param>
    public static AnomalyModel OfStored(
        Precision calibrated, double threshold, float[]? probes, Autoencoder[] networks, ScoringTarget asked, Func<ScoringTarget, AnomalyModel> make)
    {
        string? refused = Problem(networks, asked);
        if (refused is null && asked.Precision == calibrated)
            return make(asked);
        // Where the precision of the calibration cannot be had, single precision says the same: it was held against it then.
        ScoringTarget before = asked with { Precision = calibrated };
        AnomalyModel model = make(Problem(networks, before) is null ? before : asked with { Precision = Precision.F32 });
        if (refused is null)
        {
            AnomalyModel other = make(asked);
            refused = Objection(model, other, threshold, probes);
            if (refused is null)
            {
                model.GiveWay();
                return other;
            }

            other.GiveWay();
        }

        model.PrecisionNote =
            $"was calibrated in {calibrated.Name()} and is scored in {model.Precision.Name()}, not in {asked.Precision.Name()} as Model:Precision asks, since " +
            $"{refused}; train it again to change over.";
        return model;
    }

    private static string? Objection(AnomalyModel model, AnomalyModel other, double threshold, float[]? probes)
    {
        if (model.Precision == other.Precision) // every network has a plan
            return null;
        if (probes is null)
            return "its artifact has no windows to try that on";
        (double Agreement, double Difference) figures = PrecisionProbes.Compare(model, threshold, other, threshold, probes);
        return PrecisionProbes.Accepts(figures) ? null : InWords(figures);
    }

    /// <summary>Why torch does not run one of the networks in such numbers there; null when it does.</summary>
    private static string? Problem(IEnumerable<Autoencoder> networks, ScoringTarget target)
    {
        if (target.Precision == Precision.F32 || target.On.Compiles)
            return null;
        foreach (Autoencoder network in networks)
        {
            using Autoencoder narrow = network.In(target.Precision.Type());
            using var noGrad = inference_mode();
            using var scope = NewDisposeScope();
            try
            {
                _ = narrow.Score(zeros([2, network.Dimensions.Size]).to(target.Precision.Type(), target.Device));
            }
            catch (ExternalException error)
            {
                return $"torch {__version__} does not compute network '{network.Name}' in it on {target.Device}: {error.Message.Split('\n')[0].TrimEnd('.')}";
            }
        }

        return null;
    }

    private static string InWords((double Agreement, double Difference) figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.Agreement:P1} of the verdicts on held-out windows are the same ({PrecisionProbes.LeastAgreement:P0} are asked for) " +
        $"and scores differ by {figures.Difference:P1} of the threshold ({PrecisionProbes.MostDifference:P0} are allowed)");
}
