using Detector.Models.Autoencoders;
using Detector.Models.Scoring;
using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>Takes views apart into a section of the manifest and named arrays, and puts them together again.</summary>
internal static class ViewArtifact
{
    private const string Network = "network", Forecast = "forecast", Correlation = "correlation", Level = "level", Value = "value", Neighbour = "neighbour";

    public static ViewSection Section(ScoreView view) => Kinds(view) with { MeanRows = view.Averages ? view.MeanRows : null };

    private static ViewSection Kinds(ScoreView view) => view switch
    {
        NetworkView one => new(Network, one.Tails, one.Network, one.Part, Rows: one.Scale.Rows, Settled: one.Scale.Settled),
        ForecastView one => new(Forecast, one.Tails, Lags: one.Lags, Rows: one.Scale.Rows, Settled: one.Scale.Settled),
        CorrelationView one => new(Correlation, one.Tails, Lags: one.Lags),
        ValueView => new(Value, view.Tails),
        NeighbourView one => new(Neighbour, one.Tails, Rows: one.Rows),
        _ => new(Level, view.Tails),
    };

    /// <summary>What a view has fitted, by name; each array's first dimension is given, the second follows from its length.</summary>
    public static IEnumerable<(string Name, float[] Values, int Rows)> Arrays(ScoreView view)
    {
        if (view is ResidualScoreView scaled)
        {
            yield return ("centre", scaled.Scale.Centre, 1);
            yield return ("variance", scaled.Scale.Variance, 1);
        }

        if (view is SurpriseView surprise)
            yield return ("counts", surprise.Counts, 1);

        switch (view)
        {
            case ValueView value:
                yield return ("centre", [value.Centre], 1);
                break;
            case NeighbourView neighbour:
                yield return ("history", neighbour.History, 1);
                break;
            case ForecastView forecast:
                yield return ("input_mean", forecast.Regression.InputMean, 1);
                yield return ("output_mean", forecast.Regression.OutputMean, 1);
                yield return ("coefficients", forecast.Regression.Coefficients, forecast.Features);
                break;
            case CorrelationView correlation:
                yield return ("mean", correlation.Whitening.Mean, 1);
                yield return ("whitening", correlation.Whitening.Matrix, correlation.Whitening.Mean.Length);
                break;
            case LevelView level:
                yield return ("level", level.Fit.Level, 1);
                yield return ("gain", level.Fit.Gain, 1);
                yield return ("row_deviation", level.Fit.RowDeviation, 1);
                yield return ("mean_deviation", level.Fit.MeanDeviation, ScoreView.Spans);
                break;
        }
    }

    /// <param name="networks">Networks of the model.</param>
    /// <param name="read">Reads an array of so many rows and columns by its name.</param>
    /// <exception cref="InvalidDataException">The section makes no view.</exception>
    public static ScoreView Build(ViewSection section, WindowDimensions dimensions, int networks, Func<string, int, int, float[]> read)
    {
        int features = dimensions.Features;
        if (section.Tails is not { Length: ScoreView.Spans } || !section.Tails.All(tail => tail.IsValid))
            throw new InvalidDataException($"A view of kind '{section.Kind}' in the manifest needs {ScoreView.Spans} tails of positive base and unit.");
        if (section.MeanRows is <= 0 or > SpanAverages.MostRows)
            throw new InvalidDataException($"A view of kind '{section.Kind}' in the manifest takes its mean over {section.MeanRows} rows; a time scale has 1 to {SpanAverages.MostRows}.");
        ScoreView view = section switch
        {
            { Kind: Network, Network: { } network, Part: { } part } when network >= 0 && network < networks && Enum.IsDefined(part) =>
                new NetworkView(network, part, features, Scale()),
            { Kind: Forecast, Lags: { } lags } when lags > 0 && lags <= ForecastView.LagsFor(dimensions) =>
                new ForecastView(new RidgeRegression(
                    read("input_mean", 1, lags * features), read("output_mean", 1, features), read("coefficients", features, lags * features)), lags, Scale()),
            { Kind: Correlation, Lags: { } lags } when lags > 0 && lags <= CorrelationView.LagsFor(dimensions) =>
                new CorrelationView(new Whitening(read("mean", 1, lags * features), read("whitening", lags * features, lags * features)), lags),
            { Kind: Level } => new LevelView(new LevelFit(
                read("level", 1, features), read("gain", 1, features), read("row_deviation", 1, features), read("mean_deviation", ScoreView.Spans, features))),
            { Kind: Value } when features == 1 => new ValueView(read("centre", 1, 1)[0]) { Counts = read("counts", 1, ErrorCounts.Bins) },
            { Kind: Neighbour, Rows: { } rows } when features == 1 && rows is >= 0 and <= NeighbourView.Capacity =>
                new NeighbourView { Counts = read("counts", 1, ErrorCounts.Bins), History = read("history", 1, NeighbourView.Capacity), Rows = (int)rows },
            _ => throw new InvalidDataException(
                $"The manifest has a view of kind '{section.Kind}' on network {section.Network}, part {section.Part}, {section.Lags} lags; " +
                $"no such view fits windows of {dimensions.Rows} rows × {features} features and {networks} networks."),
        };
        (view.Tails, view.MeanRows) = (section.Tails, section.MeanRows ?? SpanAverages.ShortRows);
        return view;

        AdaptiveScale Scale() => new(read("centre", 1, features), read("variance", 1, features), section.Rows ?? 1, section.Settled ?? 0);
    }
}
