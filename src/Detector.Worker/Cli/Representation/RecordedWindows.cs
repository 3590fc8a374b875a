using Detector.Models.Scoring;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Windowing;

namespace Detector.Worker.Cli.Representation;

/// <summary>Lays the samples of a file on a model's grid and hands over every window that the service would score.</summary>
/// <param name="model">Whose features and windows are meant.</param>
/// <param name="periodTicks">Time between two rows.</param>
/// <param name="decoder">Decodes the lines.</param>
/// <param name="take">Takes each sample with its window.</param>
internal sealed class RecordedWindows(AnomalyModel model, long periodTicks, IDecoder decoder, WindowVisitor take) : IMessageSink, ISampleSink
{
    private readonly WindowBuffer _window = new(Shape(model, periodTicks), model.Features.Count);
    private readonly FeatureSchema _schema = Schema(model);
    private readonly bool[] _seen = new bool[model.Features.Count];
    private double[] _row = [];

    /// <summary>Samples with at least one of the model's features.</summary>
    public int Samples { get; private set; }

    /// <summary>Windows that were handed over.</summary>
    public int Windows { get; private set; }

    /// <summary>Lines that could not be read, and samples that came too late or without a known feature.</summary>
    public int Dropped { get; private set; }

    /// <summary>Features of the model of which the file has not one value.</summary>
    public IEnumerable<string> Absent => model.Features.Where((_, i) => !_seen[i]);

    public bool TryAccept(in RawMessage message)
    {
        if (decoder.Decode(message, this) != DropReason.None)
            Dropped++;
        return true;
    }

    public void Idle()
    {
    }

    void ISampleSink.Accept(DecodedSample sample)
    {
        int width = _schema.Bind(sample, ref _row, out _);
        WindowStep step = width == 0 ? WindowStep.None : _window.Add(sample.Ticks, _row.AsSpan(0, width));
        if (step == WindowStep.None)
        {
            Dropped++;
            return;
        }

        Samples++;
        for (int i = 0; i < width; i++)
            _seen[i] |= !double.IsNaN(_row[i]);
        bool ready = (step & WindowStep.Ready) != 0;
        Windows += ready ? 1 : 0;
        take(sample.Ticks, _window.NewestRow, ready ? _window.Window : []);
    }

    private static WindowShape Shape(AnomalyModel model, long periodTicks) => WindowShape.From(
        new WindowOptions { Period = TimeSpan.FromTicks(periodTicks), Length = TimeSpan.FromTicks(model.Dimensions.Rows * periodTicks) }, periodTicks);

    private static FeatureSchema Schema(AnomalyModel model)
    {
        var schema = new FeatureSchema(model.Features.Count);
        schema.Freeze(model.Features);
        return schema;
    }
}
