using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

/// <summary>A pump of a run, and what was told of it.</summary>
internal sealed class SimulatedPump(PlantMonths plant, SeriesState series)
{
    public PlantMonths Plant { get; } = plant;

    public SeriesState Series { get; } = series;

    public List<Alert> Alerts { get; } = [];

    /// <summary>Event times of the samples that were called anomalous.</summary>
    public List<long> Anomalous { get; } = [];

    /// <summary>Episodes that would have fired and were not told.</summary>
    public int Suppressed { get; set; }
}
